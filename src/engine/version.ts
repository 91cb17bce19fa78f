// The engine's version: raised whenever its numbers could change, so that stored self-checks and plans are not taken for current.

export const ENGINE_VERSION = "5";
