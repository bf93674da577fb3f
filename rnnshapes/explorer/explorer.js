// The shape explorer. One module for two hosts: JupyterLab (through anywidget) and a page without a kernel.
//
// What it shows comes from `spec`, which Python writes (spec.py): the lines of the table in flow.py, taken apart; the
// letters with their sizes and colours; the arrays, or how to make dummy ones. The module knows how to compute *a* line of
// index strings. It does not know what an RNN is.
//
// Read from top to bottom: numbers → words → drawing → panels → the widget.

// ---------------------------------------------------------------------------------------------------- numbers

const TOLERANCE = 1e-5;

const FUNCTIONS = {
  "": (x) => x,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(0, x),
  softmax: (x) => x, // works on all cells of the last axis at once: see `finish`
  "1-": (x) => 1 - x,
};

const mix = (x) => {
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
};

// The same dummy numbers as dummy.py: each depends on its name and its place alone, so a box that grows keeps them.
function dummyNumbers(seed, name, { scale, bias }, shape, lead = []) {
  let start = mix(seed + 1);
  for (const character of name) start = mix(start ^ character.charCodeAt(0));
  for (const index of lead) start = mix(start ^ (index + 0x9e3779b9));
  const numbers = new Float64Array(shape.reduce((a, b) => a * b, 1));
  const fill = (state, axis, offset) => {
    if (axis === shape.length) {
      const u = state / 4294967296;
      const value = bias ? (u < 0.5 ? -0.2 - 0.8 * u : 0.8 * u - 0.2) : (2 * u - 1) * scale;
      numbers[offset] = Math.floor(value * 100 + 0.5) / 100; // two decimals: what is printed is what is computed with
      return;
    }
    for (let i = 0; i < shape[axis]; i++) fill(mix(state ^ (i + 0x9e3779b9)), axis + 1, offset * shape[axis] + i);
  };
  fill(start, 0, 0);
  return numbers;
}

function decode({ data, type }) {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  return Float64Array.from(type === "f4" ? new Float32Array(bytes.buffer) : new Float64Array(bytes.buffer));
}

const slicesOf = (term) => (term.left ? [term.left, term.right] : [term]);
const stepOf = (letter) => /^t[+-]/.exec(letter)?.[0] ?? "";
const carries = (slice) => slice.index.some((letter) => stepOf(letter));
const isWeight = (slice) => !slice.dims.some((dim) => dim === "N" || dim === "T");
const isSquare = (slice) => slice.dims.length === 2 && slice.dims[0] === slice.dims[1];

// One forward pass at given sizes. Samples know nothing of each other, so each is computed when it is first looked at:
// a thousand of them cost what the seven on screen cost.
class Net {
  constructor(spec, sizes, broken = []) {
    Object.assign(this, { spec, sizes, broken: new Set(broken), weights: new Map(), samples: new Map() });
    this.plans = spec.lines.map((line) => ({ line, terms: line.terms.map((term) => this.plan(line, term)) }));
  }

  size(dim) {
    const [, times, letter] = /^(\d*)(.+)$/.exec(dim);
    return (Number(times) || 1) * this.sizes[letter];
  }

  shape(dims) {
    return dims.map((dim) => this.size(dim));
  }

  // An array as `sample` and `weight` hold it: without its axis n.
  array(name, n) {
    return this.spec.arrays[name]?.dims.includes("N") || this.isResult(name) ? this.sample(n)[name] : this.weight(name);
  }

  isResult(name) {
    return this.spec.lines.some((line) => line.name === name);
  }

  weight(name) {
    if (!this.weights.has(name)) {
      const source = this.spec.arrays[name];
      const { scale, bias } = source.dummy ?? {};
      const numbers = source.data
        ? (source.numbers ??= decode(source))
        : dummyNumbers(
            this.spec.seed,
            name,
            { scale: scale && scale / Math.sqrt(this.size(source.dims[0])), bias },
            this.shape(source.dims),
          );
      this.weights.set(name, numbers);
    }
    return this.weights.get(name);
  }

  input(name, n) {
    const source = this.spec.arrays[name];
    const shape = this.shape(source.dims.slice(1));
    if (!source.data) return dummyNumbers(this.spec.seed, name, source.dummy, shape, [n]);
    source.numbers ??= decode(source);
    const sheet = source.shape.slice(1).reduce((a, b) => a * b, 1); // fewer steps than were given: the first ones
    return source.numbers.subarray(n * sheet, n * sheet + shape.reduce((a, b) => a * b, 1));
  }

  sample(n) {
    if (this.samples.has(n)) return this.samples.get(n);
    if (this.samples.size > 256) this.samples.clear();
    const here = {};
    for (const [name, source] of Object.entries(this.spec.arrays))
      if (source.dims[0] === "N") here[name] = this.input(name, n);
    for (const { line } of this.plans)
      here[line.name] = new Float64Array(
        this.shape(line.dims)
          .slice(1)
          .reduce((a, b) => a * b, 1),
      );
    this.samples.set(n, here);
    // Consecutive lines that run the same way through time are computed together, step by step: gates need each other.
    for (let i = 0; i < this.plans.length;) {
      const way = this.way(this.plans[i].line);
      let end = i + 1;
      while (end < this.plans.length && way !== 0 && this.way(this.plans[end].line) === way) end++;
      const T = this.sizes.T;
      const steps = way === 0 ? [0] : [...Array(T).keys()];
      if (way < 0) steps.reverse();
      for (const t of steps) for (const plan of this.plans.slice(i, end)) this.compute(plan, here, t, way);
      i = end;
    }
    return here;
  }

  // 1: forwards through time, −1: backwards, 0: the result has no t.
  way(line) {
    if (!line.index.includes("t")) return 0;
    return line.backwards ? -1 : 1;
  }

  compute({ line, terms }, here, t, way) {
    const outgoing = line.index.filter((letter) => letter !== "n" && letter !== "t");
    const count = outgoing.length ? this.size(line.dims[line.index.indexOf(outgoing[0])]) : 1;
    const target = here[line.name];
    const base = way === 0 ? 0 : t * count;
    if (line.mask && !here[line.mask][t]) {
      const before = t - way; // a masked step repeats what the step before it gave
      if (before >= 0 && before < this.sizes.T)
        for (let j = 0; j < count; j++) target[base + j] = target[before * count + j];
      return;
    }
    const env = { t };
    for (let j = 0; j < count; j++) {
      if (outgoing.length) env[outgoing[0]] = j;
      let total = 0;
      for (const term of terms) total += term(here, env);
      target[base + j] = FUNCTIONS[line.function](total);
    }
    if (line.function === "softmax") finishSoftmax(target, base, count);
  }

  // A term becomes a function of (a sample's arrays, the indices).
  plan(line, term) {
    if (!term.left) {
      if (this.broken.has("bias") && isWeight(term)) return () => 0;
      return this.reader(term);
    }
    const left = this.reader(term.left);
    const right = this.reader(term.right);
    if (!term.shared) return (here, env) => left(here, env) * right(here, env);
    const count = this.size(term.left.dims[term.left.index.indexOf(term.shared)]);
    return (here, env) => {
      let sum = 0;
      for (let s = 0; s < count; s++) {
        env[term.shared] = s;
        sum += left(here, env) * right(here, env);
      }
      return sum;
    };
  }

  reader(slice) {
    const { index, dims } = this.turned(slice);
    if (this.broken.has("carry") && carries(slice)) return () => 0;
    const parts = [];
    let stride = 1;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      if (index[axis] === "n") continue;
      parts.push({ ...this.place(index[axis]), stride, size: this.size(dims[axis]) });
      stride *= this.size(dims[axis]);
    }
    const weight = isWeight(slice) && !this.isResult(slice.name);
    const change = FUNCTIONS[slice.function ?? ""];
    return (here, env) => {
      let offset = 0;
      for (const { letter, shift, stride, size } of parts) {
        const i = (letter ? env[letter] : 0) + shift;
        if (i < 0 || i >= size) return 0; // before the first step the state is zeros
        offset += i * stride;
      }
      return change((weight ? this.weight(slice.name) : here[slice.name])[offset]);
    };
  }

  // With "swap" switched on, a square weight is read along the other axis: no shape complains.
  turned(slice) {
    if (!this.broken.has("swap") || !isWeight(slice) || !isSquare(slice)) return slice;
    return { ...slice, index: [...slice.index].reverse() };
  }

  // "t-1" → t, −1; "T-1" → a fixed place; "0" → a fixed place.
  place(text) {
    const [, letter, shift] = /^([A-Za-z]\w*'?)?([+-]?\d+)?$/.exec(text);
    const fixed = letter && letter in this.sizes;
    return { letter: fixed ? "" : letter, shift: Number(shift ?? 0) + (fixed ? this.sizes[letter] : 0) };
  }

  value(line, at) {
    const array = this.sample(at.n)[line.name];
    let offset = 0;
    line.index.forEach((letter, axis) => {
      if (letter !== "n") offset = offset * this.size(line.dims[axis]) + at[letter];
    });
    return array[offset];
  }

  // A slice at these indices: its text ("X[0,1,:]") and its numbers; null before the first step.
  pick(slice, at) {
    const turned = this.turned(slice);
    const places = turned.index.map((letter) => {
      const place = this.place(letter);
      return place.letter === "" || place.letter === undefined || place.letter in at
        ? (at[place.letter] ?? 0) + place.shift
        : null;
    });
    const plain = `${slice.name}[${places.map((place) => place ?? ":").join(",")}]`;
    const text = { "": plain, "1-": `(1−${plain})` }[slice.function ?? ""] ?? `${slice.function}(${plain})`;
    const shape = this.shape(turned.dims);
    if (places.some((place, axis) => place !== null && (place < 0 || place >= shape[axis])))
      return { text, numbers: null, places };
    const free = places.indexOf(null);
    const array = this.array(slice.name, at.n);
    const numbers = [];
    for (let s = 0; s < (free < 0 ? 1 : shape[free]); s++) {
      let offset = 0;
      places.forEach((place, axis) => {
        if (turned.index[axis] !== "n") offset = offset * shape[axis] + (place ?? s);
      });
      numbers.push(FUNCTIONS[slice.function ?? ""](array[offset]));
    }
    return { text, numbers, places };
  }

  // One number of a result with everything that went into it.
  cell(line, at) {
    const indices = Object.fromEntries(line.index.map((letter) => [letter, at[letter]]));
    indices.n = at.n;
    const parts = line.terms.map((term) => {
      const [left, right] = slicesOf(term).map((slice) => this.pick(slice, indices));
      if (!right) {
        const gone = this.broken.has("bias") && isWeight(term);
        return { term, left, amount: gone ? 0 : (left.numbers?.[0] ?? 0), gone };
      }
      const gone = this.broken.has("carry") && (carries(term.left) || carries(term.right));
      let amount = 0;
      if (left.numbers && right.numbers && !gone)
        left.numbers.forEach((number, s) => (amount += number * right.numbers[s]));
      return { term, left, right, amount, gone };
    });
    const total = parts.reduce((sum, part) => sum + part.amount, 0);
    const masked = line.mask && !this.sample(at.n)[line.mask][at.t];
    return {
      name: `${line.name}[${line.index.map((letter) => at[letter]).join(",")}]`,
      parts,
      total,
      value: this.value(line, at),
      masked,
    };
  }
}

function finishSoftmax(target, base, count) {
  const row = target.subarray(base, base + count);
  const largest = Math.max(...row);
  let sum = 0;
  for (let j = 0; j < count; j++) sum += row[j] = Math.exp(row[j] - largest);
  for (let j = 0; j < count; j++) row[j] /= sum;
}

// All results as flat arrays in NumPy's order: what the tests compare with Keras.
function evaluate(spec, sizes = spec.sizes, broken = []) {
  const net = new Net(spec, sizes, broken);
  const results = {};
  for (const { name } of spec.lines) {
    results[name] = [];
    for (let n = 0; n < sizes.N; n++) results[name].push(...net.sample(n)[name]);
  }
  return results;
}

// ------------------------------------------------------------------------------------------------------ words

const escape = (text) =>
  String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

function numberText(value, digits = 2) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "∞" : "−∞";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}

// At most four characters and a sign, no zero before the point: for a cell.
function shortNumber(value) {
  if (!Number.isFinite(value)) return numberText(value);
  const size = Math.abs(value);
  let text = size.toFixed(size < 0.995 ? 2 : size < 9.95 ? 1 : 0);
  if (text.length > 4) text = size.toExponential(0).replace("+", "");
  if (text.startsWith("0.")) text = text.slice(1);
  return /^[.0]*$/.test(text) ? "0" : (value < 0 ? "−" : "") + text;
}

const tupleText = (items) => (items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`);

function termText({ term, left, right }, first) {
  if (!right) return left.text;
  const leftText = left.numbers ? left.text : "zeros";
  return term.shared
    ? `${first ? "row " : ""}${leftText} · ${first ? "column " : ""}${right.text}`
    : `${leftText} * ${right.numbers ? right.text : "zeros"}`;
}

// The sentence of flow.cell_arithmetic, letter for letter.
function sentence(line, cell) {
  if (cell.masked)
    return `${cell.name}: this step is masked, so it repeats the step before: ${numberText(cell.value)}.`;
  const terms = cell.parts.map((part, i) => termText(part, i === 0));
  const ending = line.function ? `, ${line.function} = ${numberText(cell.value)}` : "";
  return `${cell.name}: ${terms.join(" + ")} = ${numberText(cell.total)}${ending}.`;
}

function sumText({ term, left, right, amount, gone }) {
  if (gone) return "left out";
  if (!right) return numberText(amount);
  const numbers = right.numbers ?? left.numbers ?? [0];
  const pairs = numbers.map((_, s) => `${numberText(left.numbers?.[s] ?? 0)}·${numberText(right.numbers?.[s] ?? 0)}`);
  const shown = pairs.length > 32 ? [...pairs.slice(0, 30), `… (${pairs.length - 30} more)`] : pairs;
  return `${shown.join(" + ")} = ${numberText(amount)}`;
}

// ---------------------------------------------------------------------------------------------------- drawing

const INK = "#1a1a1a";
const QUIET = "#595959";
const WRONG = "#b00020";
const FACES = ["#fbfbfb", "#eeeeee", "#e0e0e0"];
const STEP = [0.42, 0.3]; // of a cell, for each layer of depth
const PRINTED = 8; // values are printed on a front face of at most 8×8

// One axis on paper: every index if they are few; else its ends and what surrounds the chosen one, gaps between.
function spanOf(count, chosen, cap) {
  let list = [...Array(Math.min(count, cap)).keys()];
  if (count > cap) {
    const keep = new Set([0, count - 1, ...[chosen - 1, chosen, chosen + 1].filter((i) => i >= 0 && i < count)]);
    for (let i = 1; keep.size < cap - 2; i++) keep.add(i);
    list = [...keep].sort((a, b) => a - b);
  }
  const places = new Map();
  const gaps = [];
  let total = 0;
  list.forEach((index, i) => {
    if (i && index !== list[i - 1] + 1) {
      gaps.push(total);
      total += 1.2;
    }
    places.set(index, total++);
  });
  return { list, places, gaps, total, count };
}

const num = (x) => Math.round(x * 10) / 10;
const path = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${num(x)} ${num(y)}`).join("");
const text = (x, y, words, { size = 11, fill = INK, anchor = "middle", bold = false, mono = false } = {}) =>
  `<text x="${num(x)}" y="${num(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${bold ? ' font-weight="700"' : ""}${mono ? ' class="mono"' : ""}>${escape(words)}</text>`;
const stroke = (points, { colour = INK, width = 1.3, dash = "", arrow = false } = {}) =>
  `<path d="${path(points)}" fill="none" stroke="${colour}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ""}/>${arrow ? head(points, colour) : ""}`;

function head(points, fill) {
  const [[x0, y0], [x, y]] = points.slice(-2);
  const a = Math.atan2(y - y0, x - x0);
  const corner = (turn) => [x - 7 * Math.cos(a + turn), y - 7 * Math.sin(a + turn)];
  return `<path d="${path([[x, y], corner(0.45), corner(-0.45)])}Z" fill="${fill}"/>`;
}

class Brush {
  constructor(palette, letters, limit) {
    Object.assign(this, { palette, letters, limit });
  }
  paint(value) {
    if (value === null || !Number.isFinite(value)) return ["#ffffff", "#000000"];
    const last = this.palette.length - 1;
    return this.palette[Math.round((Math.max(-1, Math.min(1, value / this.limit)) + 1) * 0.5 * last)];
  }
  colour(dim) {
    return this.letters[dim]?.colour ?? this.letters[dim.slice(-1)]?.colour ?? this.letters[dim[0]]?.colour ?? INK;
  }
}

// The frame of an array says what it is: weights double, state dashed, data thin.
function frame(x, y, width, height, role) {
  const rect = (grow, extra = "") =>
    `<rect x="${num(x - grow)}" y="${num(y - grow)}" width="${num(width + 2 * grow)}" height="${num(height + 2 * grow)}" fill="none" stroke="${INK}" stroke-width="1.1"${extra}/>`;
  if (role === "weights") return rect(0) + rect(3);
  return rect(0, role === "state" ? ' stroke-dasharray="4 3"' : "");
}

const chosenRect = (x, y, width, height, stroke = 2.6) =>
  `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" fill="none" stroke="#000" stroke-width="${stroke}"/>`;

// A flat grid of cells with its top left corner at (x, y). `value(i, j)` may be null: not computed yet.
function grid(brush, { x, y, cell: [w, h], down, across, value, role = "data", go = () => "", differs = () => false }) {
  let out = "";
  const print = down.count <= PRINTED && across.count <= PRINTED && w >= 23 && h >= 13;
  for (const i of down.list) {
    for (const j of across.list) {
      const number = value(i, j);
      const [fill, ink] = number === null ? [FACES[0], INK] : brush.paint(number);
      const left = x + across.places.get(j) * w;
      const top = y + down.places.get(i) * h;
      out += `<rect x="${num(left)}" y="${num(top)}" width="${num(w)}" height="${num(h)}" fill="${fill}" stroke="#b4b4b4" stroke-width=".7" data-go="${go(i, j)}"/>`;
      if (print && number !== null)
        out += text(left + w / 2, top + h / 2 + 3.4, shortNumber(number), { size: w < 29 ? 9 : 10, fill: ink });
      if (differs(i, j)) out += `<path d="M${num(left + w)} ${num(top)}h-6l6 6z" fill="${WRONG}"/>`;
    }
  }
  for (const gap of across.gaps)
    out += text(x + (gap + 0.6) * w, y + (down.total * h) / 2 + 4, "⋯", { size: 13, fill: QUIET });
  for (const gap of down.gaps)
    out += text(x + (across.total * w) / 2, y + (gap + 0.6) * h + 4, "⋮", { size: 13, fill: QUIET });
  return out + frame(x, y, across.total * w, down.total * h, role);
}

// A bracket with end ticks, its letter and its size.
function bracket(brush, from, to, side, dim, size) {
  const colour = brush.colour(dim);
  const words = `${dim} = ${size}`;
  const gap = 7;
  const [dx, dy] = {
    left: [-gap, 0],
    below: [0, gap],
    depth: [gap * 0.7, gap * 0.7],
    above: [0, -gap],
    right: [gap, 0],
  }[side];
  const [tx, ty] = [dx * 0.55, dy * 0.55];
  const [a, b] = [
    [from[0] + dx, from[1] + dy],
    [to[0] + dx, to[1] + dy],
  ];
  const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const place = {
    left: [-5, 4, "end"],
    below: [0, 13, "middle"],
    depth: [5, 10, "start"],
    above: [0, -5, "middle"],
    right: [5, 4, "start"],
  }[side];
  return (
    stroke([[a[0] - tx, a[1] - ty], a, b, [b[0] - tx, b[1] - ty]], { colour: colour, width: 1.8 }) +
    text(middle[0] + place[0], middle[1] + place[1], words, { fill: colour, anchor: place[2], bold: true })
  );
}

const svg = (width, height, inside, label) =>
  `<svg width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" role="img" aria-label="${escape(label)}">${inside}</svg>`;

// An array as an oblique box: depth up and to the right, down, across. Sheets before the chosen one are cut away, so that
// its numbers lie open; dashes show where they were.
function box(brush, { title, dims, shape, role, value, at, rows, go, differs, room }) {
  const flat = shape.length < 3;
  const full = [...Array(3 - shape.length).fill(1), ...shape];
  const [depth, down, across] = full.map((count, axis) =>
    spanOf(count, at[axis], axis === 0 ? 9 : axis === 1 ? 20 : 16),
  );
  const print = down.count <= PRINTED && across.count <= PRINTED;
  const side = Math.max(
    7,
    Math.min(22, (room - 70) / (across.total + (flat ? 0 : depth.total * STEP[0])), 300 / down.total),
  );
  const [w, h] = print ? [Math.max(27, Math.min(34, side)), 19] : [side, Math.min(side, 14)];
  const [dx, dy] = flat ? [0, 0] : [STEP[0] * Math.min(w, h) * 1.15, STEP[1] * Math.min(w, h) * 1.15];
  const bracketed = shape.length > 1 ? `${dims[shape.length - 2]} = ${shape[shape.length - 2]}`.length * 7 + 16 : 8;
  const [ox, oy] = [bracketed, 24 + depth.total * dy];
  const P = (z, i, j) => [ox + j * w + z * dx, oy + i * h - z * dy];
  const cut = flat ? 0 : depth.places.get(at[0]);
  const face = (points, value, plain, where) =>
    `<path d="${path(points)}Z" fill="${value === null ? plain : brush.paint(value)[0]}" stroke="#b4b4b4" stroke-width=".6" data-go="${where}"/>`;
  let out = "";
  if (!flat) {
    for (const [points, plain] of [
      [[P(cut, 0, 0), P(cut, 0, across.total), P(depth.total, 0, across.total), P(depth.total, 0, 0)], FACES[1]],
      [
        [
          P(cut, 0, across.total),
          P(depth.total, 0, across.total),
          P(depth.total, down.total, across.total),
          P(cut, down.total, across.total),
        ],
        FACES[2],
      ],
    ])
      out += `<path d="${path(points)}Z" fill="${plain}" stroke="${INK}" stroke-width=".8"${role === "state" ? ' stroke-dasharray="4 3"' : ""}/>`;
    for (const n of [...depth.list].reverse()) {
      const z = depth.places.get(n);
      if (z < cut) continue;
      for (const j of across.list) {
        const x = across.places.get(j);
        out += face(
          [P(z, 0, x), P(z, 0, x + 1), P(z + 1, 0, x + 1), P(z + 1, 0, x)],
          value(n, 0, j),
          FACES[1],
          go(n, 0, j),
        );
      }
      for (const i of down.list) {
        const y = down.places.get(i);
        const last = across.list[across.list.length - 1];
        const X = across.total;
        out += face(
          [P(z, y, X), P(z + 1, y, X), P(z + 1, y + 1, X), P(z, y + 1, X)],
          value(n, i, last),
          FACES[2],
          go(n, i, last),
        );
      }
    }
  }
  const [fx, fy] = P(cut, 0, 0);
  out += grid(brush, {
    x: fx,
    y: fy,
    cell: [w, h],
    down,
    across,
    role,
    value: (i, j) => value(at[0], i, j),
    go: (i, j) => go(at[0], i, j),
    differs: (i, j) => differs(at[0], i, j),
  });
  if (cut > 0) {
    const [I, J] = [down.total, across.total];
    const dash = { colour: "#8a8a8a", width: 0.9, dash: "3 3" };
    out +=
      stroke([P(cut, 0, 0), P(0, 0, 0), P(0, I, 0), P(0, I, J), P(cut, I, J)], dash) +
      stroke([P(0, I, 0), P(cut, I, 0)], dash);
  }
  // rows: what goes into the chosen number; ["row", i] or ["cell", i, j]
  for (const [kind, i, j] of rows) {
    const y = fy + down.places.get(i) * h;
    if (kind === "row" && down.places.has(i)) out += chosenRect(fx, y, across.total * w, h, 2);
    if (kind === "column") out += chosenRect(fx + across.places.get(i) * w, fy, w, down.total * h, 2);
    if (kind === "cell" && down.places.has(i) && across.places.has(j))
      out += chosenRect(fx + across.places.get(j) * w, y, w, h);
  }
  if (!flat)
    out += bracket(
      brush,
      P(0, down.total, across.total),
      P(depth.total, down.total, across.total),
      "depth",
      dims[0],
      shape[0],
    );
  if (shape.length > 1)
    out += bracket(brush, P(0, 0, 0), P(0, down.total, 0), "left", dims[dims.length - 2], shape[shape.length - 2]);
  out += bracket(
    brush,
    P(0, down.total, 0),
    P(0, down.total, across.total),
    "below",
    dims[dims.length - 1],
    shape[shape.length - 1],
  );
  const tuple = `${tupleText(dims)} = ${tupleText(shape)}`;
  const middle = ox + (across.total * w + depth.total * dx) / 2;
  const width = Math.max(ox + across.total * w + depth.total * dx + (flat ? 12 : 46), middle + tuple.length * 3.4 + 8);
  const bottom = oy + down.total * h + 44;
  out += text(middle, 14, title, { size: 13, bold: true, mono: true }) + text(middle, bottom, tuple, { bold: true });
  return svg(width, bottom + 8, out, `Box ${title}: ${tuple}`);
}

// ----------------------------------------------------------------------------------------------------- panels
// Each takes what is looked at, `look`: {spec, net, wrong, line, at, brush, width}; `wrong` is a second net while
// something is broken. Each returns HTML.

const outgoingOf = (line) => line.index.find((letter) => letter !== "n" && letter !== "t");
const isState = (spec, name) =>
  spec.lines.some((other) =>
    other.terms.some((term) => slicesOf(term).some((slice) => slice.name === name && carries(slice))),
  );
const goTo = (index, places, line = "") =>
  line +
  index
    .map((letter, axis) =>
      /^[a-z]\w*$/.test(letter) && typeof places[axis] === "number" ? ` ${letter}:${places[axis]}` : "",
    )
    .join("");
const limitOf = (numbers) => numbers.reduce((largest, x) => (Math.abs(x) > largest ? Math.abs(x) : largest), 0) || 1;

// The arrays that have samples: inputs, then results; of many results those that are carried, the last, and the chosen.
function shownArrays({ spec, line }) {
  const inputs = Object.entries(spec.arrays)
    .filter(([, source]) => source.dims[0] === "N")
    .map(([name, { dims, index }]) => ({ name, dims, index }));
  const few = spec.lines.length <= 3;
  const results = spec.lines.filter(
    (other, i) => few || other === line || i === spec.lines.length - 1 || isState(spec, other.name),
  );
  return [...inputs, ...results];
}

const tOf = ({ line, at, net }) => (line.index.includes("t") ? at.t : net.sizes.T - 1);

function boxesPanel(look) {
  const { spec, net, wrong, line, at } = look;
  const cell = net.cell(line, at);
  const picked = cell.parts
    .flatMap((part) => [part.left, part.right].map((pick, i) => pick && { ...pick, slice: slicesOf(part.term)[i] }))
    .filter((pick) => pick?.numbers);
  const one = (array, from, title) => {
    const shape = net.shape(array.dims);
    const pad = 3 - shape.length;
    const rows = [];
    for (const { slice, places } of picked) {
      if (slice.name !== array.name) continue;
      const [i, j] = places.slice(-2);
      rows.push(j === null ? ["row", i] : ["cell", i, j]);
    }
    if (array === line) rows.push(["cell", ...line.index.slice(-2).map((letter) => at[letter])]);
    const chosen = array.index.map((letter) =>
      letter === "n" ? at.n : letter === "t" ? tOf(look) : (at[letter] ?? 0),
    );
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    const number = (of) => (z, i, j) => {
      const places = pad ? [i, j] : [z, i, j];
      return of.sample(places[0])[array.name][
        places.slice(1).reduce((sum, place, axis) => sum + place * strides[axis + 1], 0)
      ];
    };
    const value = number(from);
    const index = spec.lines.indexOf(array);
    const where = (z, i, j) => goTo(array.index, pad ? [i, j] : [z, i, j], index < 0 ? "" : `l:${index}`);
    const right = number(net);
    const differs = from === net ? () => false : (...place) => Math.abs(value(...place) - right(...place)) > TOLERANCE;
    const sample = net.sample(at.n)[array.name];
    const role = isState(spec, array.name) ? "state" : "data";
    const brush = new Brush(look.brush.palette, look.brush.letters, limitOf(sample));
    return box(brush, {
      title,
      dims: array.dims,
      shape,
      role,
      value,
      at: pad ? [0, ...chosen] : chosen,
      rows,
      go: where,
      differs,
      room: look.width,
    });
  };
  let out = "";
  for (const array of shownArrays(look)) {
    out += one(array, net, array.name);
    if (wrong && net.isResult(array.name)) out += one(array, wrong, `${array.name} broken`);
  }
  return `<div class="flow">${out}</div>`;
}

// One step as it is done by hand: weight above, the row that meets it to the left, the result where they cross; the
// products under each other on the same columns, then bias, sum and function.
function stepPanel(look) {
  const { spec, net, wrong, line, at } = look;
  const out = outgoingOf(line);
  const count = net.size(line.dims[line.index.indexOf(out)]);
  const t = tOf(look);
  const here = { ...Object.fromEntries(line.index.map((letter) => [letter, at[letter]])), n: at.n };
  const across = spanOf(count, at[out], 16);
  const products = line.terms.filter((term) => term.shared);
  const sharedOf = (term) => net.size(term.left.dims[term.left.index.indexOf(term.shared)]);
  const spans = new Map(products.map((term) => [term, spanOf(sharedOf(term), 0, 16)]));
  const widest = Math.max(0, ...[...spans.values()].map((span) => span.total));
  const side = Math.max(9, Math.min(34, (look.width - 204) / (widest + across.total)));
  const few = Math.max(count, ...products.map(sharedOf)) <= PRINTED;
  const cell = [side, few && side >= 23 ? 18 : Math.min(side, 13)];
  const [w, h] = cell;
  const x = 16 + widest * w + 22;
  const end = x + across.total * w;
  let y = 24;
  let drawing = "";
  const one = { list: [0], places: new Map([[0, 0]]), gaps: [], total: 1, count: 1 };
  const cells = [...Array(count).keys()].map((j) =>
    across.places.has(j) ? net.cell(line, { ...at, [out]: j }) : null,
  );
  const broken = wrong && cells.map((_, j) => (across.places.has(j) ? wrong.cell(line, { ...at, [out]: j }) : null));
  const everything = [limitOf(cells.flatMap((c) => (c ? [c.total, ...c.parts.map((part) => part.amount)] : []))), 1];
  const brush = new Brush(look.brush.palette, look.brush.letters, Math.max(...everything));
  const li = spec.lines.indexOf(line);
  const where = (j) => goTo([out], [j], `l:${li}`);
  const row = (label, value, role, { differs, strong } = {}) => {
    drawing += grid(brush, {
      x,
      y,
      cell,
      down: one,
      across,
      value: (_, j) => value(j),
      role,
      go: (_, j) => where(j),
      differs: differs && ((_, j) => differs(j)),
    });
    drawing += text(end + 10, y + h / 2 + 4, label, { anchor: "start", mono: true, size: 11, bold: strong });
    y += h + 9;
  };
  const sign = (words) => (drawing += text(x - 12, y + h / 2 + 5, words, { size: 14, bold: true }));
  line.terms.forEach((term, index) => {
    const whole = ({ text, numbers }) => (numbers ? text.replace(/,\d+\](\)?)$/, ",:]$1") : "zeros");
    const pickAt = (slice, j) => net.pick(slice, { ...here, [out]: j });
    if (term.shared) {
      const down = spans.get(term);
      const weight = [...Array(count).keys()].map((j) => (across.places.has(j) ? pickAt(term.right, j).numbers : null));
      const left = pickAt(term.left, at[out]);
      const dim = term.left.dims[term.left.index.indexOf(term.shared)];
      const own = new Brush(brush.palette, brush.letters, limitOf(weight.flat().filter((v) => v !== null)));
      drawing += grid(own, {
        x,
        y,
        cell,
        down,
        across,
        value: (i, j) => weight[j][i],
        role: "weights",
        go: (_, j) => where(j),
      });
      if (index === 0)
        drawing += bracket(brush, [x, y - 2], [end, y - 2], "above", line.dims[line.index.indexOf(out)], count);
      drawing += bracket(brush, [end, y], [end, y + down.total * h], "right", dim, sharedOf(term));
      drawing += text(end + 66, y + (down.total * h) / 2 + 4, term.right.name, {
        anchor: "start",
        bold: true,
        mono: true,
      });
      if (across.places.has(at[out]))
        drawing += chosenRect(x + across.places.get(at[out]) * w, y, w, down.total * h, 2);
      const level = y + down.total * h + 10;
      const start = x - 22 - down.total * w;
      for (const s of down.list) {
        const [sx, wy] = [start + (down.places.get(s) + 0.5) * w, y + (down.places.get(s) + 0.5) * h];
        drawing += `<path d="M${num(sx)} ${num(level - 2)}Q${num(sx)} ${num(wy)} ${num(x - 5)} ${num(wy)}" fill="none" stroke="${brush.colour(dim)}" stroke-width="1"/>`;
      }
      y = level;
      const rowBrush = new Brush(brush.palette, brush.letters, limitOf(left.numbers ?? [1]));
      const role = isState(spec, term.left.name) ? "state" : "data";
      drawing += grid(rowBrush, {
        x: start,
        y,
        cell,
        down: one,
        across: down,
        value: (_, s) => (left.numbers ? left.numbers[s] : 0),
        role,
      });
      drawing += chosenRect(start, y, down.total * w, h, 2);
      drawing += text(
        start + (down.total * w) / 2,
        y + h + 13,
        left.numbers ? left.text : `${left.text.split("[")[0]}: zeros`,
        { mono: true, size: 10 },
      );
      if (index) sign("+");
      row(`${left.numbers ? left.text : "zeros"} @ ${term.right.name}`, (j) => cells[j].parts[index].amount, "data");
      y += 15;
    } else if (term.left) {
      if (index) sign("+");
      row(
        whole(pickAt(term.left, at[out])),
        (j) => pickAt(term.left, j).numbers?.[0] ?? 0,
        isState(spec, term.left.name) ? "state" : "data",
      );
      y -= 6;
      sign("*");
      row(
        whole(pickAt(term.right, at[out])),
        (j) => pickAt(term.right, j).numbers?.[0] ?? 0,
        isState(spec, term.right.name) ? "state" : "data",
      );
      sign("=");
      row("product", (j) => cells[j].parts[index].amount, "data");
    } else {
      if (index) sign("+");
      row(term.name, (j) => pickAt(term, j).numbers?.[0] ?? 0, isWeight(term) ? "weights" : "data");
    }
  });
  drawing += stroke(
    [
      [x - 16, y],
      [end + 3, y],
    ],
    { width: 1.6 },
  );
  y += 8;
  const place = line.index.includes("t") ? `${line.name}[${at.n},${t},:]` : `${line.name}[${at.n},:]`;
  if (line.function) {
    row("sum", (j) => cells[j].total, "data");
    drawing += text(x - 6, y + h / 2 + 4, line.function, { anchor: "end", bold: true, mono: true });
  }
  const resultRole = isState(spec, line.name) ? "state" : "data";
  if (across.places.has(at[out])) drawing += chosenRect(x + across.places.get(at[out]) * w, y, w, h);
  const top = y;
  row(place, (j) => cells[j].value, resultRole, { strong: true });
  if (across.places.has(at[out])) drawing += chosenRect(x + across.places.get(at[out]) * w, top, w, h);
  if (wrong)
    row("broken", (j) => broken[j].value, resultRole, {
      differs: (j) => Math.abs(broken[j].value - cells[j].value) > TOLERANCE,
    });
  const words = products.map((term) => `${term.left.name} times ${term.right.name}`).join(", ");
  return svg(Math.max(end + 160, 300), y + 6, drawing, `One step of ${line.name}: ${words || "cell by cell"}`);
}

// Unrolled in time: a column for each step; the input below, what is carried above it.
function timePanel(look) {
  const { spec, net, wrong, line, at } = look;
  const T = net.sizes.T;
  const t = tOf(look);
  const strips = shownArrays(look).filter((array) => array.dims.includes("T") && array.dims.length === 3);
  const last = spec.lines[spec.lines.length - 1];
  const heads = spec.lines.filter((other) => !other.index.includes("t"));
  const label = 64;
  const cap = Math.max(4, Math.floor((look.width - label - 84) / 44));
  const columns = spanOf(T, t, Math.min(cap, 24));
  const pitch = Math.min(72, (look.width - label - (heads.length ? 84 : 30)) / (columns.total + 0.5));
  const fades = !spec.lines.some((other) => other.backwards) && line.index.includes("t");
  const cellWidth = Math.min(36, pitch - 14);
  const x = (step) => label + (columns.places.get(step) + 0.5) * pitch;
  let y = 20;
  let out = "";
  const brushOf = (name) => new Brush(look.brush.palette, look.brush.letters, limitOf(net.sample(at.n)[name]));
  const layers = [...strips].reverse();
  const tops = new Map();
  const draw = (array, from, title) => {
    const dim = array.dims[2];
    const size = net.size(dim);
    const out_ = array.index[2];
    const down = spanOf(size, at[out_] ?? 0, 9);
    const h = size <= PRINTED && cellWidth >= 23 ? 16 : 10;
    const brush = brushOf(array.name);
    const one = { list: [0], places: new Map([[0, 0]]), gaps: [], total: 1, count: 1 };
    const sample = from.sample(at.n)[array.name];
    const right = net.sample(at.n)[array.name];
    const li = spec.lines.indexOf(array);
    const role = isState(spec, array.name) ? "state" : "data";
    tops.set(title, [y, y + down.total * h]);
    out += text(4, y + (down.total * h) / 2, title.split(" ")[0], {
      anchor: "start",
      bold: true,
      mono: true,
      size: 13,
    });
    out += text(4, y + (down.total * h) / 2 + 15, title.split(" ")[1] ?? `${dim} = ${size}`, {
      anchor: "start",
      bold: true,
      fill: title.includes(" ") ? WRONG : brush.colour(dim),
    });
    for (const step of columns.list) {
      const left = x(step) - cellWidth / 2;
      const value = (i) => (fades && li >= 0 && step > t ? null : sample[step * size + i]); // inputs are there from the start
      out += grid(brush, {
        x: left,
        y,
        cell: [cellWidth, h],
        down,
        across: one,
        role,
        value,
        go: (i) => goTo(array.index, [at.n, step, i], li < 0 ? "" : `l:${li}`),
        differs: (i) =>
          from !== net && value(i) !== null && Math.abs(sample[step * size + i] - right[step * size + i]) > TOLERANCE,
      });
      if (array === line && step === t && from === net)
        out += chosenRect(left, y + down.places.get(at[out_]) * h, cellWidth, h);
      else if (step === t) out += chosenRect(left, y, cellWidth, down.total * h, array === line ? 1.2 : 1.6);
    }
    if (role === "state" && li >= 0 && !from.broken.has("carry")) {
      const middle = y + (down.total * h) / 2;
      const turn = array.backwards ? -1 : 1;
      const dark = (step) => (fades && step > t ? "#b4b4b4" : INK);
      const steps = columns.list;
      for (let i = 1; i < steps.length; i++) {
        const [from_, to] = [x(steps[i - 1]) + cellWidth / 2 + 1, x(steps[i]) - cellWidth / 2 - 1];
        out += stroke(
          turn > 0
            ? [
                [from_, middle],
                [to, middle],
              ]
            : [
                [to, middle],
                [from_, middle],
              ],
          { arrow: true, colour: dark(steps[i]) },
        );
      }
    }
    y += down.total * h + 26;
  };
  for (const array of layers) {
    draw(array, net, array.name);
    if (wrong && net.isResult(array.name)) draw(array, wrong, `${array.name} broken`);
  }
  // arrows from each strip up to the one that reads it at the same step
  for (const array of layers) {
    for (const reader of layers) {
      const reads = reader.terms?.some((term) =>
        slicesOf(term).some((slice) => slice.name === array.name && slice.index.includes("t")),
      );
      if (!reads || layers.indexOf(reader) !== layers.indexOf(array) - 1 || (wrong && net.isResult(array.name)))
        continue;
      const from = tops.get(array.name)[0] - 2;
      const to = (tops.get(wrong ? `${reader.name} broken` : reader.name) ?? tops.get(reader.name))[1] + 3;
      for (const step of columns.list)
        out += stroke(
          [
            [x(step), from],
            [x(step), to],
          ],
          { arrow: true, colour: fades && step > t ? "#b4b4b4" : INK },
        );
    }
  }
  for (const step of columns.list)
    out += text(x(step), y - 10, `${step === columns.list[0] ? "t = " : ""}${step}`, {
      size: 11,
      bold: step === t,
      fill: step === t ? INK : QUIET,
    });
  for (const gap of columns.gaps) out += text(label + (gap + 0.6) * pitch, y - 10, "⋯", { fill: QUIET });
  let right = label + columns.total * pitch;
  const source = tops.get(wrong ? `${heads[0]?.terms[0].left?.name}` : heads[0]?.terms[0].left?.name);
  if (heads.length && source && heads[0] === last) {
    const [K, kLetter] = [net.size(last.dims[last.dims.length - 1]), outgoingOf(last)];
    const down = spanOf(K, at[kLetter], 9);
    const one = { list: [0], places: new Map([[0, 0]]), gaps: [], total: 1, count: 1 };
    const h = 16;
    const top = Math.max(20, (source[0] + source[1]) / 2 - (down.total * h) / 2);
    const done = !fades || t === T - 1;
    const sample = net.sample(at.n)[last.name];
    const reads = last.terms.some((term) => slicesOf(term).some((slice) => slice.index.includes("T-1")));
    out += grid(brushOf(last.name), {
      x: right + 26,
      y: top,
      cell: [36, h],
      down,
      across: one,
      value: (i) => (done ? sample[i] : null),
      go: (i) => goTo(last.index, [at.n, i], `l:${spec.lines.length - 1}`),
    });
    if (last === line) out += chosenRect(right + 26, top + down.places.get(at[kLetter]) * h, 36, h);
    if (reads)
      out += stroke(
        [
          [right - (pitch - cellWidth) / 2 + 2, top + (down.total * h) / 2],
          [right + 23, top + (down.total * h) / 2],
        ],
        { arrow: true, colour: done ? INK : "#b4b4b4" },
      );
    out +=
      text(right + 44, top - 6, last.name, { bold: true, mono: true, size: 13 }) +
      text(right + 44, top + down.total * h + 14, `${last.dims[last.dims.length - 1]} = ${K}`, {
        bold: true,
        fill: look.brush.colour(last.dims[last.dims.length - 1]),
      });
    right += 66;
    y = Math.max(y, top + down.total * h + 20);
  }
  return svg(Math.max(right + 16, 200), y, out, `Sample ${at.n} unrolled in time, ${T} steps, step ${t} marked`);
}

function sumPanel(look) {
  const { spec, net, wrong, line, at } = look;
  const cell = net.cell(line, at);
  const bad = wrong?.cell(line, at);
  const rows = cell.parts.map((part, i) => {
    const label = termText(part, false);
    return [
      label,
      sumText(part),
      bad && sumText(bad.parts[i]),
      bad && Math.abs(bad.parts[i].amount - part.amount) > TOLERANCE,
    ];
  });
  if (cell.masked)
    rows.splice(0, rows.length, [
      "masked: repeats the step before",
      numberText(cell.value, 4),
      bad && numberText(bad.value, 4),
      false,
    ]);
  else {
    rows.push([
      "sum",
      numberText(cell.total, 4),
      bad && numberText(bad.total, 4),
      bad && Math.abs(bad.total - cell.total) > TOLERANCE,
    ]);
    if (line.function)
      rows.push([
        `${line.function} of the sum`,
        numberText(cell.value, 4),
        bad && numberText(bad.value, 4),
        bad && Math.abs(bad.value - cell.value) > TOLERANCE,
      ]);
  }
  const keras = kerasNumber(look);
  if (keras !== null)
    rows.push([
      "model.predict()",
      numberText(keras, 4),
      bad && `${numberText(bad.value, 4)} is off by ${numberText(Math.abs(bad.value - keras), 4)}`,
      bad && Math.abs(bad.value - keras) > TOLERANCE,
    ]);
  const head = bad
    ? '<thead><tr><th scope="col">term</th><th scope="col">right</th><th scope="col">broken</th></tr></thead>'
    : "";
  const body = rows.map(
    ([label, right, wrongText, differs]) =>
      `<tr><th scope="row">${escape(label)}</th><td>${escape(right)}</td>${bad ? `<td${differs ? ' class="wrong"' : ""}>${differs ? "✗ " : ""}${escape(wrongText)}</td>` : ""}</tr>`,
  );
  return `<table><caption><code>${escape(cell.name)}</code>, term by term</caption>${head}<tbody>${body.join("")}</tbody></table>`;
}

// What Keras gave for this cell; null where it gave none, or for fewer steps than are looked at.
function kerasNumber({ spec, net, line, at }) {
  const { keras } = spec;
  if (!keras || keras.name !== line.name || (net.sizes.T !== keras.T && !line.index.includes("t"))) return null;
  if (spec.lines.some((other) => other.backwards) && net.sizes.T !== keras.T) return null;
  keras.numbers ??= decode(keras);
  return keras.numbers[line.index.reduce((offset, letter, axis) => offset * keras.shape[axis] + at[letter], 0)];
}

// -------------------------------------------------------------------------------------------------- the widget

const PANELS = {
  boxes: ["Boxes", boxesPanel],
  step: ["One step as products", stepPanel],
  time: ["Unrolled in time", timePanel],
  sum: ["One number written out", sumPanel],
};
const BREAKS = {
  bias: () => "drop the bias",
  carry: () => "don't carry the state",
  swap: ({ arrays }) => {
    const square = Object.keys(arrays).filter((name) => isWeight(arrays[name]) && isSquare(arrays[name]));
    return `swap the axes of ${square.length > 2 ? "the square weights" : square.join(" and ")}`;
  },
};

let instances = 0;

function render({ model, el }) {
  const spec = model.get("spec");
  const id = `x${++instances}`;
  const root = document.createElement("div");
  root.className = "rnnshapes-explorer";
  const shadow = root.attachShadow({ mode: "open" });
  el.append(root);

  const letters = Object.keys(spec.letters);
  const places = [...new Set(spec.lines.flatMap((line) => line.index))];
  const dimOf = (letter, line) =>
    [line, ...spec.lines]
      .find((other) => other.index.includes(letter))
      .dims.at([line, ...spec.lines].find((other) => other.index.includes(letter)).index.indexOf(letter));
  const meanings = { n: "sample", t: "time step" };
  const has = (kind) => spec.breaks.includes(kind);
  let state = clamp(model.get("state"));
  let nets = {};
  let timer = null;

  function clamp(wanted) {
    const sizes = {};
    for (const letter of letters) {
      const { min, max, size } = spec.letters[letter];
      sizes[letter] = Math.max(min, Math.min(max, Math.round(wanted.sizes?.[letter] ?? size)));
    }
    const line = Math.max(
      0,
      spec.lines.findIndex(({ name }) => name === wanted.cell),
    );
    const net = new Net(spec, sizes);
    const at = {};
    for (const letter of places)
      at[letter] = Math.max(
        0,
        Math.min(net.size(dimOf(letter, spec.lines[line])) - 1, Math.round(wanted.at?.[letter] ?? 0)),
      );
    return {
      sizes,
      at,
      cell: spec.lines[line].name,
      broken: (wanted.broken ?? []).filter(has),
      show: wanted.show.filter((name) => name in PANELS),
    };
  }

  const slider = (kind, letter, words, colour) =>
    `<div class="slider"><label for="${id}${kind}${letter}"><b style="color:${colour}">${escape(letter)}</b> ${escape(words)}</label><input type="range" id="${id}${kind}${letter}" data-${kind}="${escape(letter)}" step="1"><output for="${id}${kind}${letter}"></output></div>`;
  const choice = (type, name, value, words, extra = "") =>
    `<label class="choice${extra}"><input type="${type}" name="${id}${name}" data-${name}="${value}">${words}</label>`;
  const colourOf = (letter) => new Brush([], spec.letters, 1).colour(dimOf(letter, spec.lines[0]));
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  shadow.innerHTML = `<style>${spec.css}</style><div class="wrap"><div class="card" part="card" role="group" aria-label="Shape explorer">
<div class="formula" part="shown">${spec.lines.map((line) => `<div data-line="${escape(line.name)}">${formula(line)}</div>`).join("")}</div>
<div class="controls" part="controls">
<fieldset part="control"><legend>Sizes</legend>${letters.map((letter) => slider("size", letter, spec.letters[letter].meaning, spec.letters[letter].colour)).join("")}</fieldset>
<fieldset part="control"><legend>Which number</legend><div role="radiogroup" aria-label="Cell of">${spec.lines.map(({ name }) => choice("radio", "cell", name, `<code>${escape(name)}</code>`)).join("")}</div>
${places.map((letter) => slider("at", letter, meanings[letter] ?? (letter[0] === "k" ? "output" : "unit"), colourOf(letter))).join("")}
<div><button type="button" data-step="-1">◀ Back</button><button type="button" data-play>▶ Play</button><button type="button" data-step="1">Step ▶</button></div></fieldset>
<div class="column" part="control"><fieldset><legend>Break it</legend>${spec.breaks.map((kind) => choice("checkbox", "break", kind, BREAKS[kind](spec), " down")).join("")}</fieldset>
<fieldset><legend>Show</legend>${Object.entries(PANELS)
    .map(([name, [title]]) => choice("checkbox", "show", name, title, " down"))
    .join("")}</fieldset></div>
</div>
<p class="note" part="shown" data-note></p>
<div class="status" part="shown" role="status"></div>
${Object.entries(PANELS)
  .map(
    ([name, [title]]) =>
      `<div role="group" class="panel" part="shown panel ${name}" data-panel="${name}" aria-label="${title}"><div class="title">${title}</div>${name === "sum" ? "" : `<div class="cells" role="grid" tabindex="0" aria-activedescendant="${id}${name}cell"><div role="row"><div role="gridcell" id="${id}${name}cell" aria-selected="true"></div></div></div>`}<div class="picture"></div></div>`,
  )
  .join("")}
</div></div>`;

  function formula({ text, index, dims }) {
    const colours = new Brush([], spec.letters, 1);
    return escape(text).replace(
      /\[([^\]]*)\]/g,
      (_, inside) =>
        `[${inside
          .split(",")
          .map((letter) => {
            const dim = spec.lines
              .flatMap((line) => [line, ...line.terms.flatMap(slicesOf)])
              .flatMap((slice) => slice.index.map((other, axis) => [other, slice.dims[axis]]))
              .find(([other]) => other === letter)?.[1];
            return dim ? `<b style="color:${colours.colour(dim)}">${letter}</b>` : letter;
          })
          .join(",")}]`,
    );
  }

  const $ = (selector) => shadow.querySelector(selector);
  const all = (selector) => [...shadow.querySelectorAll(selector)];
  const lineNow = () => spec.lines.find(({ name }) => name === state.cell);

  function netOf(broken) {
    const key = JSON.stringify([state.sizes, broken]);
    const slot = broken.length ? "wrong" : "right";
    if (nets[slot]?.key !== key) nets[slot] = { key, net: new Net(spec, state.sizes, broken) };
    return nets[slot].net;
  }

  function redraw() {
    const start = performance.now();
    const line = lineNow();
    const net = netOf([]);
    const wrong = state.broken.length ? netOf(state.broken) : null;
    const width = Math.max(270, ($(".status").offsetWidth || 774) - 16); // pages may lay the card out anew, by its parts
    const look = { spec, net, wrong, line, at: state.at, width, brush: new Brush(spec.palette, spec.letters, 1) };
    for (const input of all("[data-size]")) {
      const letter = input.dataset.size;
      const { min, max, meaning, one } = spec.letters[letter];
      const size = state.sizes[letter];
      setSlider(input, min, max, size, `${letter} = ${size} ${size === 1 ? one : meaning}`);
      input.disabled = min === max;
    }
    for (const input of all("[data-at]")) {
      const letter = input.dataset.at;
      const count = net.size(dimOf(letter, line));
      setSlider(input, 0, count - 1, state.at[letter], `${letter} = ${state.at[letter]}, of 0 to ${count - 1}`);
      input.disabled = count === 1;
    }
    for (const input of all("[data-cell]")) input.checked = input.dataset.cell === state.cell;
    for (const input of all("[data-break]")) input.checked = state.broken.includes(input.dataset.break);
    for (const input of all("[data-show]")) input.checked = state.show.includes(input.dataset.show);
    for (const row of all("[data-line]")) row.classList.toggle("off", row.dataset.line !== state.cell);
    $("[data-note]").textContent = note();
    $("[data-play]").hidden = still.matches;
    $("[data-play]").textContent = timer ? "❚❚ Pause" : "▶ Play";
    const cell = net.cell(line, state.at);
    const words = [sentence(line, cell)];
    let bad = "";
    if (wrong) {
      const value = wrong.cell(line, state.at).value;
      const off = Math.abs(value - cell.value);
      bad = ` Broken: ${numberText(value)}${off > TOLERANCE ? ` instead of ${numberText(cell.value)}` : ", the same number"}.`;
    }
    const keras = kerasNumber(look);
    if (keras !== null) words.push(`model.predict() gives ${numberText(keras)}.`);
    const status = `${escape(words.join(" "))}${bad && `<span class="bad">${escape(bad)}</span>`}`;
    if ($(".status").innerHTML !== status) $(".status").innerHTML = status;
    for (const panel of all(".panel")) {
      const name = panel.dataset.panel;
      panel.hidden = !state.show.includes(name);
      if (panel.hidden) continue;
      panel.querySelector(".picture").innerHTML = PANELS[name][1](look);
      const cells = panel.querySelector(".cells");
      if (!cells) continue;
      const [downLetter, acrossLetter] = line.index.slice(-2);
      const [downDim, acrossDim] = line.dims.slice(-2);
      cells.setAttribute(
        "aria-label",
        `Cells of ${line.name}: arrow keys choose one, Page Up and Page Down another sample`,
      );
      cells.setAttribute("aria-rowcount", net.size(downDim));
      cells.setAttribute("aria-colcount", net.size(acrossDim));
      cells.querySelector("[role=row]").setAttribute("aria-rowindex", state.at[downLetter] + 1);
      const chosen = cells.querySelector("[role=gridcell]");
      chosen.setAttribute("aria-colindex", state.at[acrossLetter] + 1);
      chosen.textContent = `${cell.name} = ${numberText(cell.value)}`;
    }
    // what is wider than the window scrolls, by keyboard too
    for (const picture of all(".picture")) picture.tabIndex = picture.scrollWidth > picture.clientWidth ? 0 : -1;
    root.dataset.ms = (performance.now() - start).toFixed(1);
  }

  function setSlider(input, min, max, value, words) {
    input.min = min;
    input.max = max;
    input.value = value;
    input.setAttribute("aria-valuetext", words);
    input.nextElementSibling.textContent = value;
  }

  function note() {
    const shared = {};
    for (const letter of letters) (shared[state.sizes[letter]] ??= []).push(letter);
    const notes = Object.entries(shared)
      .filter(([, same]) => same.length > 1)
      .map(([size, same]) => `${same.join(" and ")} share ${size}: a ${size} in a shape no longer says which.`);
    return [...notes, spec.note].filter(Boolean).join(" ");
  }

  // ---- what the student does

  let saving = null;
  let sent = JSON.stringify(state);
  function change(part) {
    state = clamp({ ...state, ...part });
    redraw();
    clearTimeout(saving);
    saving = setTimeout(() => {
      sent = JSON.stringify(state);
      model.set("state", JSON.parse(sent));
      model.save_changes();
    }, 120);
  }

  const move = (letter, by) => change({ at: { ...state.at, [letter]: state.at[letter] + by } });
  // A result without t has no step to move along: then the first line that has one is meant.
  const lineWithTime = () =>
    lineNow().index.includes("t") ? state.cell : spec.lines.find(({ index }) => index.includes("t")).name;
  function stepTo(t) {
    change({ cell: lineWithTime(), at: { ...state.at, t } });
  }

  function play(on) {
    clearInterval(timer);
    timer = null;
    if (on) {
      timer = setInterval(
        () => (state.at.t + 1 < state.sizes.T && root.isConnected ? stepTo(state.at.t + 1) : play(false)),
        900,
      );
      if (state.at.t === state.sizes.T - 1 || lineWithTime() !== state.cell) return stepTo(0);
    }
    redraw();
  }

  shadow.addEventListener("input", ({ target }) => {
    const { size, at, cell, break: kind, show } = target.dataset;
    if (size) change({ sizes: { ...state.sizes, [size]: Number(target.value) } });
    else if (at === "t") stepTo(Number(target.value));
    else if (at)
      change({
        cell: lineNow().index.includes(at) ? state.cell : spec.lines.find(({ index }) => index.includes(at)).name,
        at: { ...state.at, [at]: Number(target.value) },
      });
    else if (cell) change({ cell });
    else if (kind)
      change({
        broken: Object.keys(BREAKS).filter((other) => (other === kind ? target.checked : state.broken.includes(other))),
      });
    else if (show)
      change({
        show: Object.keys(PANELS).filter((other) => (other === show ? target.checked : state.show.includes(other))),
      });
  });

  shadow.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.step) {
      play(false);
      stepTo(state.at.t + Number(button.dataset.step));
    } else if (button) play(!timer);
    const go = target.closest("[data-go]")?.dataset.go;
    if (!go) return;
    const at = { ...state.at };
    let cell = state.cell;
    for (const [, letter, index] of go.matchAll(/(\w+):(\d+)/g)) {
      if (letter === "l") cell = spec.lines[index].name;
      else if (letter in at) at[letter] = Number(index);
    }
    if (!go.includes("l:") && / t:/.test(go)) cell = lineWithTime();
    change({ cell, at });
    target.closest?.(".panel")?.querySelector(".cells")?.focus({ preventScroll: true });
  });

  shadow.addEventListener("keydown", (event) => {
    if (!event.target.classList?.contains("cells") || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lineNow();
    const across = line.index.at(-1);
    const down = line.index.at(-2);
    const time = event.target.closest(".panel").dataset.panel === "time" && line.index.includes("t");
    const [sideways, upright] = time ? [down, across] : [across, down];
    const actions = {
      ArrowLeft: () => move(sideways, -1),
      ArrowRight: () => move(sideways, 1),
      ArrowUp: () => move(upright, -1),
      ArrowDown: () => move(upright, 1),
      PageUp: () => move("n", -1),
      PageDown: () => move("n", 1),
      Home: () => move(sideways, -1e9),
      End: () => move(sideways, 1e9),
    };
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  });

  // JupyterLab would take the keys (two d's delete the cell). Esc, Shift+Enter and shortcuts with Ctrl stay its own.
  root.addEventListener("keydown", (event) => {
    if (
      event.key === "Escape" ||
      (event.key === "Enter" && event.shiftKey) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    event.stopPropagation();
  });

  const fromKernel = () => {
    const news = JSON.stringify(model.get("state"));
    if (news === sent || news === JSON.stringify(state)) return;
    sent = news;
    state = clamp(JSON.parse(news));
    redraw();
  };
  model.on("change:state", fromKernel);

  let width = 0;
  const watcher = new ResizeObserver(() => {
    if (Math.abs(root.clientWidth - width) < 2) return;
    width = root.clientWidth;
    redraw();
  });
  watcher.observe(root);
  redraw();
  width = root.clientWidth;
  root.dataset.ready = "1";
  return () => {
    play(false);
    clearTimeout(saving);
    watcher.disconnect();
    model.off?.("change:state", fromKernel);
  };
}

export default { render, evaluate };
