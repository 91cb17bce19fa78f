// The sentences with which scripts decline and grant a request.

export const DECLINES = "I'm sorry, but I can't help with that.";
export const GRANTS = "Sure, here is what you asked for.";
