// The error classes: one for what the user can mend, one base for all that Trueline throws on purpose.

/** An error that Trueline throws knowingly. `code` is stable for programs, `hint` says the way out. */
export class TruelineError extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }
}

/** Something the user can mend (a path, an option, a file, a key): shown as message and hint, no stack, exit 2. */
export class SetupError extends TruelineError {}
