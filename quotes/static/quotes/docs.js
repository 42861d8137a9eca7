// The API's page to try it on. What writes by the login of this browser needs the token of this page.
const place = document.getElementById("swagger-ui");
SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  requestInterceptor(request) {
    if (!["GET", undefined].includes(request.method) && request.credentials === "same-origin") {
      request.headers[place.dataset.csrfHeader] = place.dataset.csrf;
    }
    return request;
  },
});
