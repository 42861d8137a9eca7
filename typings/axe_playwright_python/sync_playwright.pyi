from playwright.sync_api import Page

class AxeResults:
    violations_count: int
    def generate_report(self, violation_id: str | None = ...) -> str: ...

class Axe:
    def run(self, page: Page, *, options: dict[str, list[str]] = ...) -> AxeResults: ...
