// A request that can't be met, as the OpenAI API says it: a status, and an error object that names the parameter.

export type FaultType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "requests"
  | "server_error";

export type FaultDetails = {
  /** The parameter at fault, as in `messages[0].content`. */
  readonly param?: string;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The message goes to the client: it holds no path of this machine and no stack. */
export class ApiFault extends Error {
  readonly status: number;
  readonly type: FaultType;
  readonly details: FaultDetails;

  constructor(status: number, type: FaultType, message: string, details: FaultDetails = {}) {
    super(message);
    this.name = "ApiFault";
    this.status = status;
    this.type = type;
    this.details = details;
  }
}

/** 400: the request itself is at fault. */
export function badRequest(message: string, param?: string, code?: string): ApiFault {
  return new ApiFault(400, "invalid_request_error", message, {
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

export function faultBody({ message, type, details }: ApiFault) {
  return { error: { message, type, param: details.param ?? null, code: details.code ?? null } };
}
