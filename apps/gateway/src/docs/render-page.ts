/** The variable parts of a page, as trusted HTML. None of it comes from a request. */
export interface PageParts {
  readonly title: string;
  readonly head?: string;
  readonly body: string;
}

/** Renders a complete page: the navigation, followed by the body. */
export const renderPage = ({ title, head = '', body }: PageParts): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    ${head}
    <link rel="stylesheet" href="/docs/style.css">
  </head>
  <body>
    <nav aria-label="Documentation">
      <a href="/docs">API reference</a>
      <a href="/docs/webhook-events">Webhooks</a>
      <a href="/docs/problems">Problems</a>
      <a href="/docs/changelog">Changelog</a>
      <a href="/docs/policy">Policy of changes</a>
      <a href="/openapi.json">OpenAPI document</a>
    </nav>
    ${body}
  </body>
</html>
`;
