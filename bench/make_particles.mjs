// Writes particle sets with tracks, one snapshot at a time: `node make_particles.mjs TARGET STEPS PARTICLES`. The same numbers give the same files.
// Layout: docs/formats/davis-particles.md. Each of PARTICLES places holds tracks one after the other; a new one begins with the chance 1 / MEAN_LENGTH.
import { closeSync, mkdirSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';

const MEAN_LENGTH = 15;
const SHORTEST = 2;
const BOX = [1000, 800, 400];
const HEAD_BYTES = 24;
const PARTICLE_WORDS = 8;
const POSITION_BYTES = 49;
const ATTRIBUTE_HEADER_BYTES = 1024;
const STEP_PICOSECONDS = 1_000_000_000;
const NONE = -1;

/** Numbers from 0 to 1, always the same ones (xorshift). */
function randomNumbers(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** For each snapshot the places where a track begins, and the lengths of all tracks in the order of their numbers. */
function planTracks(steps, particles) {
  const random = randomNumbers(11);
  const begins = Array.from({ length: steps }, () => new Uint8Array(particles));
  const starts = [];
  const running = new Int32Array(particles);
  const lengths = [];
  for (let step = 0; step < steps; step++) {
    for (let place = 0; place < particles; place++) {
      const length = step === 0 ? Number.POSITIVE_INFINITY : lengths[running[place]];
      const isNew = length >= SHORTEST && steps - step >= SHORTEST && (step === 0 || random() < 1 / MEAN_LENGTH);
      if (isNew) {
        begins[step][place] = 1;
        running[place] = lengths.length;
        starts.push(step, place);
        lengths.push(0);
      }
      lengths[running[place]]++;
    }
  }
  return { begins, starts, lengths };
}

/** A swirling flow through a channel, in voxels a step. */
function move(xyz, at) {
  const [x, y, z] = [xyz[at], xyz[at + 1], xyz[at + 2]];
  xyz[at] = x + 6 * (1 - ((y - 400) / 400) ** 2) + 1.5 * Math.sin(x / 90) * Math.cos(z / 60);
  xyz[at + 1] = y + 1.5 * Math.cos(x / 90) * Math.sin(y / 70);
  xyz[at + 2] = z + 1.2 * Math.sin((x + y) / 110);
}

function writeSnapshots(file, steps, particles, { begins }) {
  const random = randomNumbers(29);
  const snapshots = openSync(file('snapshots.bin'), 'w');
  const scalars = openSync(file('scalars_0.bin'), 'w');
  const positions = Buffer.alloc(POSITION_BYTES * steps);
  const xyz = new Float64Array(3 * particles);
  const ids = new Uint32Array(particles);
  const [intensity, values] = [new Float32Array(particles), new Float32Array(particles)];
  writeSync(snapshots, Buffer.from(Uint32Array.of(1, steps, HEAD_BYTES, 4 * PARTICLE_WORDS).buffer));
  let [offset, tracks] = [16, 0];
  for (let step = 0; step < steps; step++) {
    const bytes = Buffer.alloc(HEAD_BYTES + 4 * PARTICLE_WORDS * particles);
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    words[0] = particles;
    words[1] = step;
    bytes.writeBigInt64LE(BigInt(step * STEP_PICOSECONDS), 16);
    for (let place = 0, at = HEAD_BYTES / 4; place < particles; place++, at += PARTICLE_WORDS) {
      if (begins[step][place]) {
        ids[place] = tracks++;
        for (let axis = 0; axis < 3; axis++) xyz[3 * place + axis] = random() * BOX[axis];
        intensity[place] = 60 + 400 * random();
      } else move(xyz, 3 * place);
      words[at] = ids[place];
      for (let axis = 0; axis < 3; axis++) floats[at + 2 + axis] = xyz[3 * place + axis] + 0.05 * (random() - 0.5);
      floats[at + 5] = intensity[place] * (0.95 + 0.1 * random());
      words[at + 6] = begins[step][place] ? NONE : place;
      words[at + 7] = step + 1 === steps || begins[step + 1][place] ? NONE : place;
      values[place] = random();
    }
    writeSync(snapshots, bytes);
    writeSync(scalars, Buffer.from(values.buffer));
    putPosition(positions, step, offset, particles);
    offset += bytes.length;
  }
  closeSync(snapshots);
  closeSync(scalars);
  writeFileSync(file('snapshotpositions.bin'), positions);
}

function putPosition(positions, step, offset, particles) {
  const at = POSITION_BYTES * step;
  positions.writeUInt8(1, at);
  positions.writeBigUInt64LE(BigInt(offset), at + 5);
  positions.writeBigUInt64LE(BigInt(4 * particles * step), at + 13);
  positions.writeBigUInt64LE(BigInt(2 * particles * step), at + 21);
  positions.writeUInt32LE(particles, at + 29);
  positions.writeBigInt64LE(BigInt(step * STEP_PICOSECONDS), at + 41);
}

function writeTracks(file, { starts, lengths }) {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(2, 0);
  head.writeBigUInt64LE(BigInt(lengths.length), 4);
  head.writeUInt32LE(12, 12);
  const records = Uint32Array.from({ length: 3 * lengths.length }, (_, i) =>
    i % 3 === 2 ? lengths[(i - 2) / 3] : starts[2 * Math.floor(i / 3) + (i % 3)],
  );
  writeFileSync(file('tracks.bin'), Buffer.concat([head, Buffer.from(records.buffer)]));
}

function attributeFile(records) {
  const header = Buffer.alloc(ATTRIBUTE_HEADER_BYTES);
  header.writeUInt32LE(1, 0);
  const index = Buffer.alloc(8 * records.length + 4);
  let offset = header.length;
  for (const [i, record] of records.entries()) {
    index.writeBigUInt64LE(BigInt(offset), 8 * i);
    offset += record.length;
  }
  index.writeUInt32LE(records.length, 8 * records.length);
  return Buffer.concat([header, ...records, index]);
}

function infoBytes(steps) {
  const bytes = Buffer.alloc(112);
  for (const [i, value] of [2, 1, steps, 1].entries()) bytes.writeUInt32LE(value, 4 * i);
  const bounds = [-20, -20, -20, BOX[0] + 8 * steps, BOX[1] + 20, BOX[2] + 20];
  const none = [1, 1, 1, -1, -1, -1].map((sign) => sign * Number.MAX_VALUE);
  for (const [i, value] of [...bounds, ...none].entries()) bytes.writeDoubleLE(value, 16 + 8 * i);
  return bytes;
}

const SCALES = `<?xml version="1.0" encoding="UTF-8"?>
<ParticleFieldScales>
    <ScaleX Factor="0.05" Offset="-25" Unit="mm" Description=""/>
    <ScaleY Factor="-0.05" Offset="20" Unit="mm" Description=""/>
    <ScaleZ Factor="0.05" Offset="-10" Unit="mm" Description=""/>
    <ScaleI Factor="1" Offset="0" Unit="counts" Description=""/>
    <ScaleScalar0 Factor="1" Offset="0" Unit="" Description=""/>
    <NameScalar0 Name="Scalar 0"/>
</ParticleFieldScales>
`;

function main([target, stepsText, particlesText]) {
  const [steps, particles] = [Number(stepsText), Number(particlesText)];
  const file = (name) => join(target, name);
  mkdirSync(target, { recursive: true });
  const plan = planTracks(steps, particles);
  writeSnapshots(file, steps, particles, plan);
  writeTracks(file, plan);
  writeFileSync(file('shapes.bin'), '');
  truncateSync(file('shapes.bin'), 2 * particles * steps);
  writeFileSync(file('info.bin'), infoBytes(steps));
  writeFileSync(file('scales.xml'), SCALES);
  const [end, endOfBlock] = [Buffer.alloc(12), Buffer.from(Int32Array.of(-1, 0, 0).buffer)];
  writeFileSync(file('attributes.attr'), attributeFile([end]));
  writeFileSync(file('attributesblocks.attr'), attributeFile([...Array.from({ length: steps }, () => endOfBlock), end]));
  const name = basename(target);
  writeFileSync(
    `${target}.set`,
    `// set file <${name}.set>\n\n#GROUP Sets\nSetType = 32768;\nSetTitle = "";\nSetIdentifier = "ParticleField";\n`,
  );
}

main(process.argv.slice(2));
