// A body checked against a schema, with the API's own kind of complaint where it fails.

import type { z } from "zod";
import { badRequest } from "./api-fault.ts";
import { refuseUnsupported } from "./refuse-unsupported.ts";

/** @throws ApiFault 400 that names the parameter */
export function parseFields<T>(schema: z.ZodType<T>, body: unknown): T {
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw badRequest("the body must be a JSON object");
  refuseUnsupported(body as Readonly<Record<string, unknown>>);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path ?? [];
  const param = path.reduce<string>(
    (so, key) =>
      typeof key === "number" ? `${so}[${key}]` : so === "" ? String(key) : `${so}.${String(key)}`,
    "",
  );
  const missing = path.reduce<unknown>(
    (at, key) =>
      typeof at === "object" && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    body,
  );
  if (missing === undefined)
    throw badRequest(`missing required parameter: '${param}'`, param, "missing_required_parameter");
  throw badRequest(
    `invalid value for '${param}': ${issue?.message ?? "not understood"}`,
    param,
    issue?.code === "invalid_type" ? "invalid_type" : "invalid_value",
  );
}
