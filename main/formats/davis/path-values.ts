const PREFIX = 'ExpPathValue_';

/**
 * Parameters of an experiment that DaVis writes into folder names: `Cam_Date=041014_Time=173435` gives ExpPathValue_Date = 041014 and
 * ExpPathValue_Time = 173435. Every part of the path counts, the name of the file without its extension, too; later parts win.
 */
export function pathValues(path: string): Record<string, string> {
  const values: [string, string][] = [];
  for (const part of path.replace(/\.[^./\\]*$/, '').split(/[/\\_]/)) {
    const split = part.indexOf('=');
    if (split >= 0) values.push([PREFIX + part.slice(0, split), part.slice(split + 1)]);
  }
  return Object.fromEntries(values);
}
