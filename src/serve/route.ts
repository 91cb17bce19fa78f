// Which path is answered by what.

import type { IncomingMessage } from "node:http";
import { sendJson, type Task, type Used } from "./answer.ts";
import { ApiFault } from "./api-fault.ts";
import { chatCompletions } from "./chat-completions.ts";
import { checkModel } from "./check-prompt.ts";
import { completions } from "./completions.ts";

export type Route =
  | { readonly kind: "health" }
  | { readonly kind: "read"; readonly answer: (task: Task) => void }
  | { readonly kind: "write"; readonly answer: (body: unknown, task: Task) => Promise<Used> };

/** @throws ApiFault 404 or 405 */
export function routeOf({ method, url }: IncomingMessage): Route {
  const path = pathOf(url);
  const one = /^\/v1\/models\/(.+)$/u.exec(path)?.[1];
  const route: Route | undefined =
    one === undefined ? routes[path] : { kind: "read", answer: describeOne(one) };
  if (route === undefined || (one === undefined && !Object.hasOwn(routes, path)))
    throw new ApiFault(404, "invalid_request_error", `nothing answers here. There are ${known}.`, {
      code: "unknown_url",
    });
  const wanted = route.kind === "write" ? "POST" : "GET";
  if (method !== wanted)
    throw new ApiFault(405, "invalid_request_error", `this is asked with ${wanted}`, {
      code: "method_not_allowed",
      headers: { allow: wanted },
    });
  return route;
}

/** Without what stands after a question mark. */
export function pathOf(url: string | undefined): string {
  return (url ?? "").split("?")[0]!;
}

const routes: Readonly<Record<string, Route>> = {
  "/health": { kind: "health" },
  "/v1/models": {
    kind: "read",
    answer: (task) => sendJson(task.response, 200, { object: "list", data: [descriptionOf(task)] }),
  },
  "/v1/chat/completions": { kind: "write", answer: chatCompletions },
  "/v1/completions": { kind: "write", answer: completions },
};

const known = [...Object.keys(routes), "/v1/models/ID"].join(", ");

function describeOne(name: string): (task: Task) => void {
  return (task) => {
    checkModel(decoded(name), task.model);
    sendJson(task.response, 200, descriptionOf(task));
  };
}

function descriptionOf({ model, started }: Task) {
  return { id: model.id, object: "model", created: started, owned_by: "trueline" };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
