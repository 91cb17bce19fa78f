// Who may ask at all: only programs of this machine, and no page that a browser shows.

import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ApiFault, badRequest } from "./api-fault.ts";

const HOSTS = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The Host header must name this machine, which a page that rebinds its own name to 127.0.0.1 can't forge. A foreign Origin, or a
 * browser's word that another site asks (Fetch Metadata), is refused; no CORS header is ever sent.
 * @throws ApiFault 400 or 403
 */
export function guardOrigin(request: IncomingMessage, port: number): void {
  const hosts = HOSTS.map((host) => `${host}:${port}`);
  const named = request.rawHeaders.filter((word, i) => i % 2 === 0 && word.toLowerCase() === "host").length;
  const host = request.headers.host?.toLowerCase() ?? "";
  if (named !== 1) throw badRequest("exactly one Host header is wanted");
  if (!hosts.includes(host) && !(port === 80 && HOSTS.includes(host)))
    throw forbidden(`the Host header must be ${hosts.join(", ")}`, "host_not_allowed");
  const { origin } = request.headers;
  if (origin !== undefined && !hosts.some((own) => origin.toLowerCase() === `http://${own}`))
    throw forbidden("pages of other origins may not use this server", "origin_not_allowed");
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none")
    throw forbidden("pages of other sites may not use this server", "origin_not_allowed");
  if (!request.url?.startsWith("/")) throw badRequest("the request must name a path, not an address");
}

/** The comparison takes the same time wherever the two first differ. @throws ApiFault 401 */
export function guardKey(request: IncomingMessage, key: string): void {
  const [, given] = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? "") ?? [];
  if (given !== undefined && timingSafeEqual(digest(given), digest(key))) return;
  const message =
    given === undefined
      ? "this server wants a key: send it as `Authorization: Bearer KEY`"
      : "the key that was given is not the server's";
  throw new ApiFault(401, "authentication_error", message, {
    code: "invalid_api_key",
    headers: { "www-authenticate": "Bearer" },
  });
}

function forbidden(message: string, code: string): ApiFault {
  return new ApiFault(403, "permission_error", message, { code });
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
