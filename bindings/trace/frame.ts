import { escape } from "./html.js";

/** Nothing from anywhere: browsers refuse what a page like this would never ask for. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/** What is on a page. */
interface Framed {
  readonly title: string;
  readonly style: string;
  readonly body: string;
  /** Whether it shows pictures, which are in their addresses. Default: false. */
  readonly hasPictures?: boolean;
}

/** An HTML file that needs nothing else. The title is text, the body HTML. */
export const frameOf = ({ title, style, body, hasPictures = false }: Framed): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${POLICY}${hasPictures ? "; img-src data:" : ""}">
<title>${escape(title)}</title>
<style>${style}
</style>
</head>
<body>
${body}
</body>
</html>
`;
