/** What ImageJ says in the description of its first page: lines of key=value that begin with ImageJ=. */
export interface ImageJFacts {
  /** Pictures in the file; stacks above 4 GB have one directory, and all pictures behind each other. */
  readonly images: number;
  /** Of the positions; '' where there is none. */
  readonly unit: string;
  /** Between planes, in `unit`; 0 where there is none. */
  readonly spacing: number;
}

export function imageJFacts(description: string): ImageJFacts | undefined {
  if (!description.startsWith('ImageJ=')) return undefined;
  const lines = new Map(
    description.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).trim()]),
  );
  const number = (key: string): number => {
    const value = Number(lines.get(key));
    return Number.isFinite(value) && value > 0 ? value : 0;
  };
  const unit = lines.get('unit') ?? '';
  return {
    images: Math.floor(number('images')),
    unit: unit === 'micron' || unit === '\\u00B5m' ? 'µm' : unit === 'pixel' ? '' : unit,
    spacing: number('spacing'),
  };
}
