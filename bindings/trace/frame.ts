import { escape } from "./html.js";

/** Nothing from anywhere: browsers refuse what a page like this would never ask for. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** An HTML file that needs nothing else. The title is text, the body HTML. */
export const frameOf = ({ title, style, body }: { title: string; style: string; body: string }): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escape(title)}</title>
<style>${style}
</style>
</head>
<body>
${body}
</body>
</html>
`;
