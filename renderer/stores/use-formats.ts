import { useEffect, useState } from 'react';
import type { FormatDescription } from '../../shared/contract/listing.ts';
import { connection } from '../client/connection.ts';

/** The readers of the host; empty until it has answered. */
export function useFormats(): readonly FormatDescription[] {
  const [formats, setFormats] = useState<readonly FormatDescription[]>([]);
  useEffect(() => {
    let wanted = true;
    connection()
      .then((transport) => transport.call('formats', {}))
      .then(
        ({ meta }) => {
          if (wanted) setFormats(meta.formats);
        },
        () => undefined,
      );
    return () => {
      wanted = false;
    };
  }, []);
  return formats;
}
