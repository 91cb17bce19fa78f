// The body of a request as JSON: of the right type, of bounded size and depth.

import type { IncomingMessage } from "node:http";
import { ApiFault, badRequest } from "./api-fault.ts";

const MOST_DEPTH = 64;

/** @throws ApiFault 400, 413 or 415 */
export async function readJson(request: IncomingMessage, most: number): Promise<unknown> {
  const [type] = (request.headers["content-type"] ?? "").split(";");
  // A page may send any other type to any address without asking first; JSON it may not.
  if (type?.trim().toLowerCase() !== "application/json")
    throw unsupported("the body must be JSON: send `Content-Type: application/json`");
  const encoding = request.headers["content-encoding"] ?? "identity";
  if (encoding.toLowerCase() !== "identity") throw unsupported("compressed bodies are not read");
  const text = (await bodyOf(request, most)).toString("utf8");
  if (deeperThan(text, MOST_DEPTH)) throw badRequest(`the JSON is nested more than ${MOST_DEPTH} deep`);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw badRequest("the body is not valid JSON");
  }
}

/** What is too much is still received, and dropped: a client that is cut off would never read the answer. */
function bodyOf(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on("data", (part: Buffer) => {
      bytes += part.length;
      if (bytes <= most) parts.push(part);
      else {
        parts.length = 0;
        reject(tooLarge(most));
      }
    });
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
  });
}

/** Counts brackets outside strings, before anything is built from them. */
function deeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted) {
      if (sign === "\\") i++;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === "[" || sign === "{") {
      if (++depth > most) return true;
    } else if (sign === "]" || sign === "}") depth--;
  }
  return false;
}

function tooLarge(most: number): ApiFault {
  return new ApiFault(413, "invalid_request_error", `the body is larger than ${most} bytes`, {
    code: "request_too_large",
  });
}

function unsupported(message: string): ApiFault {
  return new ApiFault(415, "invalid_request_error", message);
}
