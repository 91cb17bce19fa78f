// From anything that was thrown to what the client may know of it.

import { TruelineError } from "../core/errors.ts";
import { visible } from "../core/visible.ts";
import { ApiFault, badRequest } from "./api-fault.ts";

const SHOWN = 300;

/** An unexpected error becomes a 500 that says nothing: its text may hold paths. */
export function faultOf(error: unknown): ApiFault {
  if (error instanceof ApiFault) return error;
  if (error instanceof TruelineError && error.code === "TOO_LONG")
    return badRequest(visible(error.message), undefined, "context_length_exceeded");
  if (error instanceof TruelineError && error.code === "CHAT_TEMPLATE") {
    // The message names the model's file; the cause is what the template itself says.
    const said = error.cause instanceof Error ? `: ${visible(error.cause.message).slice(0, SHOWN)}` : "";
    return badRequest(
      `the model's chat template refuses this conversation${said}`,
      "messages",
      "invalid_value",
    );
  }
  return new ApiFault(500, "server_error", "the server failed at this request; its terminal says why");
}
