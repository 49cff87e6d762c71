import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSession, type Session } from '../../main/host/session.ts';
import { tableOf } from '../../shared/contract/table-payload.ts';
import type { EventName, Events, Transport } from '../../shared/contract/methods.ts';
import { davisFile, floats, item, joined, latin1Bytes, textItem, words } from '../support/davis-file.ts';
import { CHANNELS, type Connected } from './channels.ts';

/** A 2 x 1 image that was taken at so many microseconds. */
function image(first: number, micros?: number): Uint8Array {
  return davisFile({
    width: 2,
    height: 1,
    data: words(first, first + 1),
    items: micros === undefined ? [] : [textItem('AcqTimeSeries0', `${micros} µs`)],
  });
}

const trace = (name: string, ...values: readonly number[]): Uint8Array => {
  const start = Math.ceil((name.length + 2) / 4) * 4;
  return item(8, joined([latin1Bytes(name), new Uint8Array(start - name.length), floats(...values)]));
};

const DEVICES = davisFile({
  width: 2,
  height: 1,
  data: words(1, 2),
  items: [
    textItem('DevDataSources', '2'),
    textItem('DevDataName0', 'Laser'),
    textItem('DevDataAlias0', 'L'),
    textItem('DevDataClass0', 'Energy'),
    textItem('DevDataScaleI0', '0.5\n1\nmJ\nPulse energy'),
    trace('DevDataTrace0', 2, 4, 6),
    textItem('DevDataName1', 'Pressure'),
    trace('DevDataTrace1', 7),
  ],
});

describe.each(Object.entries(CHANNELS))('over %s', (_name, connect) => {
  let folder: string;
  let session: Session;
  let connected: Connected;
  let transport: Transport;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'streakline-growing-'));
    mkdirSync(join(folder, 'S'));
    writeFileSync(join(folder, 'S.set'), 'SetType = 256;\n');
    session = createSession({ inThread: true });
    connected = await connect(session);
    transport = connected.transport;
  });
  afterEach(async () => {
    await connected.disconnect();
    await session.close();
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, 'S', name), bytes);
  const openSet = async (): Promise<string> => (await transport.call('open', { path: join(folder, 'S.set') })).meta.id;
  const heard = <E extends EventName>(event: E): Events[E][] => {
    const values: Events[E][] = [];
    transport.on(event, (value) => values.push(value));
    return values;
  };
  const pixels = async (dataset: string, buffer: number): Promise<unknown> =>
    (await transport.call('planes', { dataset, buffer, frame: 0, plane: 0, fields: [{ component: 'PIXEL', mode: 'raw' }] })).arrays[0]
      ?.data;

  test('a buffer that was added is told and can be read', async () => {
    write('B00001.im7', image(1));
    const changes = heard('changed');
    const dataset = await openSet();
    write('B00002.im7', image(3));
    expect((await transport.call('refresh', { dataset })).meta).toEqual({ changed: true });
    expect(await pixels(dataset, 1)).toEqual(Uint16Array.of(3, 4));
    // Over HTTP the stream of events may come to be after the first one.
    write('B00004.im7', image(5));
    await expect
      .poll(() => changes.at(-1), { timeout: 5000 })
      .toMatchObject({ dataset, rewritten: [], info: { nav: [{ size: 4 }], missing: [[2, 3]] } });
  });

  test('a buffer that is still written is not told until it is whole', async () => {
    write('B00001.im7', image(1));
    const changes = heard('changed');
    const dataset = await openSet();
    const whole = image(3);
    write('B00002.im7', whole.subarray(0, 258));
    expect((await transport.call('refresh', { dataset })).meta).toEqual({ changed: false });
    await expect(pixels(dataset, 1)).rejects.toMatchObject({ code: 'out-of-range' });
    appendFileSync(join(folder, 'S', 'B00002.im7'), whole.subarray(258));
    await expect.poll(() => changes.at(-1)?.info, { timeout: 5000 }).toMatchObject({ nav: [{ size: 2 }] });
    expect(await pixels(dataset, 1)).toEqual(Uint16Array.of(3, 4));
  });

  test('a buffer that is written again is read again', async () => {
    write('B00001.im7', image(1).subarray(0, 257));
    const dataset = await openSet();
    await expect(pixels(dataset, 0)).rejects.toMatchObject({ code: 'truncated' });
    write('B00001.im7', image(1));
    await transport.call('refresh', { dataset });
    expect(await pixels(dataset, 0)).toEqual(Uint16Array.of(1, 2));
    const changes = heard('changed');
    await new Promise((resolve) => setTimeout(resolve, 50));
    write('B00001.im7', image(8, 5));
    await expect.poll(() => changes.at(-1), { timeout: 5000 }).toMatchObject({ dataset, rewritten: [0] });
    expect(await pixels(dataset, 0)).toEqual(Uint16Array.of(8, 9));
  });

  test('a closed set is not watched any more', async () => {
    write('B00001.im7', image(1));
    const changes = heard('changed');
    const dataset = await openSet();
    await transport.call('close', { dataset });
    write('B00002.im7', image(3));
    await expect(transport.call('refresh', { dataset })).rejects.toMatchObject({ code: 'closed' });
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(changes).toEqual([]);
  });

  test('the table of times has a row a buffer, NaN where none is stored or none can be read', async () => {
    write('B00001.im7', image(1, 1500));
    write('B00002.im7', image(1));
    write('B00003.im7', image(1).subarray(0, 100));
    write('B00004.im7', image(1, 4500));
    const progress = heard('tableProgress');
    const dataset = await openSet();
    const table = tableOf(await transport.call('table', { dataset, name: 'times' }));
    expect(table.columns.map(({ name, unit, values }) => [name, unit, Array.from<unknown>(values)])).toEqual([
      ['buffer', '', [0, 1, 2, 3]],
      ['time', 's', [0.0015, Number.NaN, Number.NaN, 0.0045]],
      ['source', '', ['AcqTimeSeries', '', '', 'AcqTimeSeries']],
    ]);
    expect(tableOf(await transport.call('table', { dataset, name: 'times', from: 3 }))).toMatchObject({
      rows: 1,
      columns: [{ values: Uint32Array.of(3) }, {}, {}],
    });
    await expect
      .poll(async () => (await transport.call('table', { dataset, name: 'times' })) && progress)
      .toContainEqual({ dataset, name: 'times', done: 4, total: 4 });
  });

  test('the table of devices holds scaled traces', async () => {
    write('B00001.im7', DEVICES);
    const dataset = await openSet();
    const { meta, arrays } = await transport.call('table', { dataset, name: 'devices', buffer: 0 });
    const table = tableOf({ meta, arrays });
    expect(Object.fromEntries(table.columns.map(({ name, values }) => [name, Array.from<unknown>(values)]))).toEqual({
      name: ['Laser', 'Pressure'],
      alias: ['L', ''],
      class: ['Energy', ''],
      slope: [0.5, 1],
      offset: [1, 0],
      unit: ['mJ', ''],
      description: ['Pulse energy', ''],
      samples: [3, 1],
      trace: [2, 3, 4, 7, Number.NaN, Number.NaN],
    });
  });

  test('tables that are not there are refused by name', async () => {
    write('B00001.im7', image(1));
    const dataset = await openSet();
    await expect(transport.call('table', { dataset, name: 'tracks' })).rejects.toMatchObject({
      code: 'invalid-option',
      hint: 'Its tables: devices, times.',
    });
    await expect(transport.call('table', { dataset, name: 'devices' })).rejects.toMatchObject({ code: 'invalid-option', field: 'buffer' });
    await expect(transport.call('table', { dataset, name: 'devices', buffer: 7 })).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(transport.call('table', { dataset, name: 'times', from: 2 })).rejects.toMatchObject({ code: 'out-of-range' });
  });

  test('a table that nobody waits for ends', async () => {
    for (let number = 1; number <= 40; number++) write(`B${number}.im7`, image(1, number));
    const dataset = await openSet();
    const controller = new AbortController();
    const reading = transport.call('table', { dataset, name: 'times' }, { signal: controller.signal });
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });
});
