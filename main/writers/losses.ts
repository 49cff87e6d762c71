/** Sentences about what an output cannot hold, each once, in the order in which they turned up. */
export class Losses {
  readonly #sentences = new Map<string, { readonly sentence: string; count: number }>();

  /** Of sentences of one `kind` the first one is told, with the number of the others. */
  add(sentence: string, kind?: string): void {
    const known = this.#sentences.get(kind ?? sentence);
    if (!known) this.#sentences.set(kind ?? sentence, { sentence, count: 1 });
    else if (kind !== undefined) known.count += 1;
  }

  list(): readonly string[] {
    return [...this.#sentences.values()].map(({ sentence, count }) =>
      count === 1 ? sentence : `${sentence} The same of ${count - 1} more.`,
    );
  }
}
