// Fetches, but reads no more than so many bytes of an answer, and follows no redirection: the key and the prompts stay where they were sent.

/** The answer was longer than allowed. */
export class AnswerTooLong extends Error {
  constructor(most: number) {
    super(`longer than ${most} bytes`);
    this.name = "AnswerTooLong";
  }
}

/** Bytes are counted as unpacked, so that a small answer that swells is caught too. @param onResponse told of each answer's status */
export function boundedFetch(most: number, onResponse: (status: number) => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: "manual" });
    onResponse(response.status);
    const { body, status, statusText, headers } = response;
    if (body === null) return response;
    let bytes = 0;
    const counted = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        bytes += chunk.byteLength;
        if (bytes > most) controller.error(new AnswerTooLong(most));
        else controller.enqueue(chunk);
      },
    });
    return new Response(body.pipeThrough(counted), { status, statusText, headers });
  };
}
