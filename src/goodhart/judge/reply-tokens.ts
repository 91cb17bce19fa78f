// How long a judge's written verdict may be: a mark or a letter needs few tokens, a polite sentence around it some more.

export const REPLY_TOKENS = 48;
