// What other folders take from here: a local model opened, and the server over it.

export { openServed } from "./open-served.ts";
export { requestLine, startText } from "./serve-text.ts";
export { startServer } from "./start-server.ts";
