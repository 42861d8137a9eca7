// Decisions on their way to the API, and what may become of them.

const PATIENCE = 20_000; // milliseconds until an answer is not waited for any more

// A decision that was not saved: `reason` says why in words, `current` is the quote as it is, after a 412.
export class NotSaved extends Error {
  constructor(reason, current = null) {
    super(reason);
    this.current = current;
  }
}

export function token() {
  // The cookie is the newest one: a login in another tab changes it.
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : document.querySelector("#token input").value;
}

export const MEANWHILE = "Somebody else decided about this quote meanwhile.";

// Resolves to the quote as it is now, the other quotes that were changed with it, and what was left as it is.
export async function post(url, body, etag = "") {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
  if (etag) headers["If-Match"] = etag;
  let answer;
  let told;
  try {
    answer = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    told = await answer.json().catch(() => ({}));
  } catch (error) {
    if (error.name === "TimeoutError") throw new NotSaved("The site did not answer in time.");
    throw new NotSaved("The site could not be reached: the network is down, or the site is.");
  }
  if (answer.ok && told.id) {
    const { others = [], unchanged = [], ...quote } = told;
    return { quote, others, unchanged };
  }
  // What was decided together with others may be refused because of one of those: then the site says which.
  const isItself = told.current && url.includes(told.current.id.replace("urn:uuid:", ""));
  if (answer.status === 412 && isItself) throw new NotSaved(MEANWHILE, told.current);
  throw new NotSaved(reasonOf(answer, told));
}

function reasonOf(answer, told) {
  const detail = told.detail ? ` ${told.detail}` : "";
  if (answer.ok) return "The site gave an answer that makes no sense here: you may have been logged out.";
  if (answer.status === 401 || answer.status === 403) {
    return `You are logged out, or may not do this (${answer.status}). Log in in another tab, then try again.${detail}`;
  }
  if (answer.status >= 500) return `Something broke at the site (${answer.status}).${detail}`;
  return detail.trim() || `The site refused it (${answer.status}).`;
}

export async function lookUp(url, name, signal) {
  const answer = await fetch(`${url}?${new URLSearchParams({ name })}`, {
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    signal,
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).results;
}

// What is there now; null where it is what was known by `etag`. Throws where it is not to be had.
export async function lookAgain(url, etag) {
  const headers = { Accept: "application/json" };
  if (etag) headers["If-None-Match"] = etag;
  const answer = await fetch(url, { headers, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return { told: await answer.json(), etag: answer.headers.get("ETag") };
}
