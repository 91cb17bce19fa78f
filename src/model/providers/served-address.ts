// The address of a served model: stored in the record and shown, so it may hold no secret.

import { SetupError } from "../../core/errors.ts";

const EXAMPLE = "For example --base-url http://127.0.0.1:8000/v1.";

/** @throws SetupError when it is no address, or one that holds a password, a query or the key; it is not shown. */
export function servedAddress(baseUrl: string, key: string | undefined): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined) throw new SetupError("BASE_URL", "--base-url is no address", { hint: EXAMPLE });
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new SetupError("BASE_URL", `--base-url speaks ${url.protocol} where http or https is needed`, {
      hint: EXAMPLE,
    });
  }
  const secret = key !== undefined && key !== "" && decoded(url.href).includes(key);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "" || secret) {
    throw new SetupError("BASE_URL", "--base-url holds a user name, a password, a query or the key itself", {
      hint: "Give the bare address, and the key by the environment variable that --api-key-env names: addresses are stored in the record, keys are not.",
    });
  }
  return url;
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}
