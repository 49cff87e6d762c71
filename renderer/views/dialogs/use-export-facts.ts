import { useEffect, useState } from 'react';
import type { ConvertRequest, WriterDescription } from '../../../shared/contract/conversions.ts';
import { isDataError, toErrorRecord } from '../../../shared/model/data-error.ts';
import { connection } from '../../client/connection.ts';

/** Choices settle before the host is asked what they would lose. */
const REST_MILLISECONDS = 400;

/** The outputs, with the reasons of those that do not take the range. */
export function useWriters(dataset: string, range: string | undefined): readonly WriterDescription[] {
  const [writers, setWriters] = useState<readonly WriterDescription[]>([]);
  useEffect(() => {
    let wanted = true;
    connection()
      .then((transport) => transport.call('writers', { dataset, ...(range === undefined ? {} : { range }) }))
      .then(
        ({ meta }) => {
          if (wanted) setWriters(meta.writers);
        },
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [dataset, range]);
  return writers;
}

export type FoundLosses =
  | { readonly state: 'looking' }
  | { readonly state: 'found'; readonly losses: readonly string[] }
  | { readonly state: 'failed'; readonly reason: string };

/** What a request would lose; asked anew when it changes and then rests. */
export function useLosses(request: ConvertRequest | undefined): FoundLosses {
  const [found, setFound] = useState<{ readonly key: string; readonly losses: FoundLosses }>();
  const key = request === undefined ? '' : JSON.stringify({ ...request, target: request.target.split(/[\\/]/).at(-1) });
  useEffect(() => {
    if (key === '') return;
    const control = new AbortController();
    const timer = setTimeout(() => {
      const asked = JSON.parse(key) as ConvertRequest;
      connection()
        .then((transport) => transport.call('convertLosses', asked, { signal: control.signal }))
        .then(
          ({ meta }) => setFound({ key, losses: { state: 'found', losses: meta.losses } }),
          (error: unknown) => {
            if (!isDataError(error, 'aborted')) setFound({ key, losses: { state: 'failed', reason: toErrorRecord(error).message } });
          },
        );
    }, REST_MILLISECONDS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [key]);
  return found?.key === key ? found.losses : { state: 'looking' };
}

/** The folder that the host starts in, for data that lie in none. */
export function useFolderBeside(path: string): string {
  const [folder, setFolder] = useState('');
  useEffect(() => {
    if (path !== '') return;
    let wanted = true;
    connection()
      .then((transport) => transport.call('list', {}))
      .then(
        ({ meta }) => {
          if (wanted) setFolder(meta.path);
        },
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, [path]);
  return folder;
}
