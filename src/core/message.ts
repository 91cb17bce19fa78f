// One turn of a conversation, as every model takes it.

export type Role = "system" | "user" | "assistant";

export type Message = { readonly role: Role; readonly content: string };
