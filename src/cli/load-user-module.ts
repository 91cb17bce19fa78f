// Loads a file of the user's as a module: the one place that imports a name which only the command line knows.

export function loadUserModule(url: string): Promise<unknown> {
  return import(url) as Promise<unknown>;
}
