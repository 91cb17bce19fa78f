// How large a correlation, or an effect in standard deviations, must be for a kind to be named by it.

/** Below this it is too weak to do anything under the pressures that samples can show. */
export const MATERIAL = 0.1;
