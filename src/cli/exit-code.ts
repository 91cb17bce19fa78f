// The exit code that a command asks for: 0 unless it says otherwise.

/** 0 ran, 1 `--fail-on` bit, 130 stopped by the user. Errors have codes of their own (see print-failure). */
export const exitCode: { value: 0 | 1 | 130 } = { value: 0 };
