// Jupyter's messages on a websocket, in the form v1.kernel.websocket.jupyter.org: offsets, then channel, header, parent
// header, metadata, content and buffers, one after the other.
export const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const WORD = 8;
const PARTS_BEFORE_BUFFERS = 5;
const text = { to: new TextEncoder(), from: new TextDecoder() };

export function encode(message) {
  const { channel, header, parent_header = {}, metadata = {}, content, buffers = [] } = message;
  const parts = [text.to.encode(channel)];
  for (const part of [header, parent_header, metadata, content]) parts.push(text.to.encode(JSON.stringify(part)));
  for (const buffer of buffers) parts.push(bytes(buffer));
  const start = WORD * (parts.length + 2);
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, start));
  const view = new DataView(all.buffer);
  view.setBigUint64(0, BigInt(parts.length + 1), true);
  let offset = start;
  parts.forEach((part, place) => {
    view.setBigUint64(WORD * (place + 1), BigInt(offset), true);
    all.set(part, offset);
    offset += part.length;
  });
  view.setBigUint64(WORD * (parts.length + 1), BigInt(offset), true);
  return all.buffer;
}

export function decode(buffer) {
  const view = new DataView(buffer);
  const count = Number(view.getBigUint64(0, true));
  const offsets = Array.from({ length: count }, (_, place) => Number(view.getBigUint64(WORD * (place + 1), true)));
  const part = (place) => text.from.decode(new Uint8Array(buffer, offsets[place], offsets[place + 1] - offsets[place]));
  const buffers = [];
  for (let place = PARTS_BEFORE_BUFFERS; place < count - 1; place += 1) {
    buffers.push(new DataView(buffer.slice(offsets[place], offsets[place + 1])));
  }
  const [header, parent_header, , content] = [1, 2, 3, 4].map((place) => JSON.parse(part(place)));
  return { channel: part(0), header, parent_header, content, buffers };
}

function bytes(buffer) {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer);
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

export const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);

// Binary values travel beside a state: `paths` says where in it each belongs.
export function taken(state) {
  const paths = [];
  const buffers = [];
  const walk = (value, path) => {
    if (isBinary(value)) {
      paths.push(path);
      buffers.push(value);
      return null;
    }
    if (Array.isArray(value)) return value.map((inner, place) => walk(inner, [...path, place]));
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, [...path, name])]));
    }
    return value;
  };
  return { state: walk(state, []), buffer_paths: paths, buffers };
}

export function put(state, paths, buffers) {
  paths.forEach((path, place) => {
    let holder = state;
    for (const step of path.slice(0, -1)) holder = holder[step];
    holder[path.at(-1)] = buffers[place];
  });
  return state;
}
