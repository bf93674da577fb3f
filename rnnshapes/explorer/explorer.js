// The shape explorer. One module for two hosts: JupyterLab (through anywidget) and a page without a kernel.
//
// What it shows comes from `spec`, which Python writes (spec.py): lines of index strings, taken apart (trees.py); the
// letters with their sizes; the arrays, or how to make dummy ones. The module knows how to compute *a* line of index
// strings, as layers/run.py does. It does not know what an RNN is.
//
// Read from top to bottom: numbers → words → drawing → panels → the widget.

// ---------------------------------------------------------------------------------------------------- numbers

const TOLERANCE = 1e-5;

const FUNCTIONS = {
  "": (x) => x,
  "1-": (x) => 1 - x,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(x, 0),
  softmax: (x) => x, // works on all cells of an axis at once: see `finishSoftmax`
  tan: Math.tan,
  arctan: Math.atan,
  arctanh: Math.atanh,
  sin: Math.sin,
  cos: Math.cos,
  exp: Math.exp,
  log: Math.log,
  abs: Math.abs,
  sqrt: Math.sqrt,
  leaky_relu: (x) => (x > 0 ? x : 0.2 * x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  hard_sigmoid: (x) => Math.max(0, Math.min(1, x / 6 + 0.5)),
  clip: (x) => Math.max(-1, Math.min(1, x)),
  where: (condition, a, b) => (condition ? a : b),
};
const OPERATORS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  "%": (a, b) => a - b * Math.floor(a / b), // the sign of b, as in Python
  "<": (a, b) => Number(a < b),
  "==": (a, b) => Number(a === b),
};
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
const ALONG = {
  sum: (numbers) => numbers.reduce((a, b) => a + b, 0),
  mean,
  std: (numbers) => Math.sqrt(mean(numbers.map((x) => (x - mean(numbers)) ** 2))),
  max: (numbers) => Math.max(...numbers),
  min: (numbers) => Math.min(...numbers),
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
  const numbers = new Float64Array(product(shape));
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

// The first `shape` of an array of shape `from`, its rows laid together anew.
function firstOf(numbers, from, shape) {
  if (shape.slice(1).every((size, axis) => size === from[axis + 1])) return numbers.subarray(0, product(shape));
  const found = [];
  for (let i = 0; i < shape[0]; i++) {
    const sheet = product(from.slice(1));
    found.push(...firstOf(numbers.subarray(i * sheet, (i + 1) * sheet), from.slice(1), shape.slice(1)));
  }
  return Float64Array.from(found);
}

const product = (sizes) => sizes.reduce((a, b) => a * b, 1);
const slicesOf = (term) => (term.left ? [term.left, term.right] : term.name ? [term] : []);
const carries = (slice) => slice.index.some((text) => /^t[+-]\d+$/.test(text));
const isWeight = (slice) => !slice.dims.some((dim) => dim === "N" || dim === "T");
const isSquare = (slice) => slice.dims.length === 2 && slice.dims[0] === slice.dims[1];
const isLetter = (tree) => typeof tree === "string" && /^[a-z]\d?'?$/.test(tree);
const lettersOf = (tree) =>
  isLetter(tree)
    ? [tree]
    : Array.isArray(tree)
      ? tree[0] === "pick"
        ? tree[2].flatMap(lettersOf)
        : tree.slice(1).flatMap((part) => (Array.isArray(part) || isLetter(part) ? lettersOf(part) : []))
      : [];

// One forward pass at given sizes. Samples know nothing of each other (but in lines that mix them), so each is computed
// when it is first looked at: a thousand of them cost what the seven on screen cost.
class Net {
  constructor(spec, sizes, broken = []) {
    const program = broken.includes("yours") ? spec.yours : spec;
    Object.assign(this, { spec, sizes, program, broken: new Set(broken), kept: new Map(), samples: new Map() });
    this.lines = new Map(program.lines.map((line) => [line.name, line]));
    this.compiled = new Map();
    this.plans = program.lines.map((line) => this.plan(line));
  }

  // What a letter or an axis counts: "M", "2M", "D+M", a bare number; the alias of a letter that the course lacks.
  size(dim) {
    dim = this.spec.alias[dim] ?? dim;
    if (dim in this.sizes) return this.sizes[dim];
    if (dim.includes("+")) return dim.split("+").reduce((sum, part) => sum + this.size(part), 0);
    const [, times, letter] = /^(\d*)(\w*)$/.exec(dim);
    return (Number(times) || 1) * (letter ? this.sizes[letter] : 1);
  }

  dimOf(letter) {
    const dim = letter.replace("'", "").toUpperCase();
    return this.spec.alias[dim] ?? dim;
  }

  shape(dims) {
    return dims.map((dim) => this.size(dim));
  }

  isResult(name) {
    return this.lines.has(name);
  }

  dims(name) {
    return (this.lines.get(name) ?? this.spec.arrays[name]).dims;
  }

  // An array as a sample sees it: without its axis n, if it has one and that comes first.
  array(name, n) {
    if (this.isResult(name)) return this.sample(n)[name];
    const source = this.spec.arrays[name];
    const own = source.dims[0] === "N";
    const key = own ? `${name} ${n}` : name;
    if (!this.kept.has(key)) {
      if (this.kept.size > 4096) this.kept.clear();
      this.kept.set(key, this.numbers(name, source, own, n));
    }
    return this.kept.get(key);
  }

  numbers(name, source, own, n) {
    const shape = this.shape(own ? source.dims.slice(1) : source.dims);
    if (source.data) {
      source.numbers ??= decode(source);
      const from = own ? source.shape.slice(1) : source.shape;
      const sheet = own ? source.numbers.subarray(n * product(from), (n + 1) * product(from)) : source.numbers;
      return shape.length ? firstOf(sheet, from, shape) : sheet; // fewer steps than were given: the first ones
    }
    const { scale, bias } = source.dummy;
    if (own) return dummyNumbers(this.spec.seed, name, source.dummy, shape, [n]);
    return dummyNumbers(this.spec.seed, name, { scale: scale && scale / Math.sqrt(shape[0]), bias }, shape);
  }

  sample(n) {
    if (this.samples.has(n)) return this.samples.get(n);
    if (this.samples.size > 256 && !this.program.mixed) this.samples.clear();
    const all = this.program.mixed ? [...Array(this.sizes.N).keys()] : [n];
    for (const one of all) {
      const here = {};
      for (const line of this.program.lines)
        here[line.name] = new Float64Array(product(this.shape(line.dims.filter((dim) => dim !== "N"))));
      this.samples.set(one, here);
    }
    const { T } = this.sizes;
    for (const { lines, way } of this.program.blocks) {
      const steps = way === 0 ? [null] : [...Array(T).keys()];
      if (way < 0) steps.reverse();
      for (const t of steps) for (const i of lines) for (const one of all) this.compute(this.plans[i], one, t);
    }
    return this.samples.get(n);
  }

  plan(line) {
    const { mask } = line;
    return {
      line,
      letters: line.index.filter((letter) => letter !== "n"),
      counts: line.index.filter((letter) => letter !== "n").map((letter) => this.size(this.dimOf(letter))),
      condition: mask && this.compile(mask.tree),
      sides: [line, mask?.otherwise].map((side) => side && this.side(side)),
    };
  }

  side({ function: name, over, terms }) {
    const ready = terms.map((term) => {
      if (this.broken.has("bias") && term.name && isWeight(term)) return () => 0;
      const value = this.compile(term.tree);
      return term.sign < 0 ? (env) => -value(env) : value;
    });
    const total = (env) => {
      let sum = 0;
      for (const term of ready) sum += term(env);
      return sum;
    };
    return { total, change: FUNCTIONS[name], over };
  }

  // All numbers of a line, of one sample; of one step, if t is given.
  compute({ line, letters, counts, condition, sides }, n, t) {
    const target = this.samples.get(n)[line.name];
    const env = { n, t };
    const fill = (axis, offset) => {
      if (axis === letters.length) {
        const side = sides[condition && !condition(env) ? 1 : 0];
        if (!side.over) target[offset] = side.change(side.total(env));
        else if (env[side.over] === 0) {
          const stride = product(letters.slice(letters.indexOf(side.over) + 1).map((letter) => this.size(this.dimOf(letter))));
          const row = this.range(side.over, env, side.total);
          softmax(row).forEach((value, j) => (target[offset + j * stride] = value));
        }
        return;
      }
      const letter = letters[axis];
      const size = counts[axis];
      if (letter === "t" && t !== null) return fill(axis + 1, offset * size + t);
      for (let i = 0; i < size; i++) {
        env[letter] = i;
        fill(axis + 1, offset * size + i);
      }
    };
    fill(0, 0);
  }

  // The values of a tree along a letter, which then is what it was.
  range(letter, env, value) {
    const before = env[letter];
    const found = [];
    for (let s = 0, count = this.size(this.dimOf(letter)); s < count; s++) {
      env[letter] = s;
      found.push(value(env));
    }
    env[letter] = before;
    return found;
  }

  // A tree becomes a function of the indices.
  compile(tree) {
    if (typeof tree === "number") return () => tree;
    if (typeof tree === "string") {
      if (isLetter(tree)) return (env) => env[tree];
      const size = this.size(tree);
      return () => size;
    }
    const [kind, ...parts] = tree;
    if (kind === "pick") return this.reader(parts[0], parts[1], parts[2]);
    if (kind === "f") {
      const change = FUNCTIONS[parts[0]];
      const [a, b, c] = parts[1].map((part) => this.compile(part));
      return c ? (env) => change(a(env), b(env), c(env)) : (env) => change(a(env));
    }
    if (kind === "along") {
      const [name, letter, of] = parts;
      const value = this.compile(of);
      if (name === "softmax") return (env) => softmax(this.range(letter, env, value))[env[letter]];
      return (env) => ALONG[name](this.range(letter, env, value));
    }
    const [a, b] = parts.slice(0, 2).map((part) => this.compile(part));
    if (kind === "neg") return (env) => -a(env);
    if (kind !== "@") return ((work) => (env) => work(a(env), b(env)))(OPERATORS[kind]);
    return parts[2].reduceRight(
      (value, letter) => {
        const count = this.size(this.dimOf(letter));
        return (env) => {
          let sum = 0;
          for (let s = 0; s < count; s++) {
            env[letter] = s;
            sum += value(env);
          }
          return sum;
        };
      },
      (env) => a(env) * b(env),
    );
  }

  // An array at places that may be any arithmetic. Outside of it are zeros, or one step outside what its start says.
  reader(name, trees, texts) {
    const dims = this.dims(name);
    const result = this.isResult(name);
    if (this.broken.has("carry") && result && carries({ index: texts })) return () => 0;
    // with "swap" switched on, a square weight is read along the other axis: no shape complains
    if (this.broken.has("swap") && !result && isWeight({ dims }) && isSquare({ dims })) trees = [...trees].reverse();
    const places = trees.map((tree) => this.compile(tree));
    const letters = trees.map((tree) => (isLetter(tree) ? tree : null));
    const shape = this.shape(dims);
    const sampleAxis = result ? dims.indexOf("N") : dims[0] === "N" ? 0 : -1;
    const strides = shape.map((_, axis) => product(shape.filter((_, other) => other > axis && other !== sampleAxis)));
    const start = this.starter(name);
    return (env) => {
      let offset = 0;
      let outside = -1;
      let n = env.n;
      for (let axis = 0; axis < places.length; axis++) {
        const place = letters[axis] === null ? places[axis](env) : env[letters[axis]];
        if (place < 0 || place >= shape[axis]) {
          if (outside >= 0 || !start) return 0;
          outside = axis;
        } else if (axis === sampleAxis) n = place;
        else offset += place * strides[axis];
      }
      if (outside >= 0) {
        const found = places.map((place) => place(env));
        const one = found[outside] === -1 || found[outside] === shape[outside];
        return one ? start(found.filter((_, axis) => axis !== outside), env) : 0;
      }
      return (result ? this.samples.get(n)[name] : this.array(name, n))[offset];
    };
  }

  starter(name) {
    const line = this.program.starts[name];
    if (!line) return null;
    const { total, change } = this.side(line);
    return (places, env) => {
      const there = { n: env.n };
      line.free.forEach((letter, axis) => (there[letter] = places[axis]));
      return change(total(there));
    };
  }

  value(line, at) {
    const array = this.sample(at.n)[line.name];
    let offset = 0;
    line.index.forEach((letter, axis) => {
      if (letter !== "n") offset = offset * this.size(line.dims[axis]) + at[letter];
    });
    return array[offset];
  }

  compiledOnce(key, tree) {
    if (!this.compiled.has(key)) this.compiled.set(key, this.compile(tree));
    return this.compiled.get(key);
  }

  // A slice at these indices: its text ("X[0,1,:]") and its numbers; null where all of it lies outside.
  pick(slice, at) {
    this.sample(at.n);
    const swapped = this.broken.has("swap") && isWeight(slice) && isSquare(slice) && !this.isResult(slice.name);
    const [trees, texts] = swapped ? [[...slice.at].reverse(), [...slice.index].reverse()] : [slice.at, slice.index];
    const env = { ...at };
    const free = trees.flatMap(lettersOf).find((letter) => !(letter in at));
    const places = trees.map((tree) => (lettersOf(tree).includes(free) ? null : this.compile(tree)(env)));
    const words = places.map((place, axis) => place ?? (isLetter(trees[axis]) ? ":" : texts[axis]));
    const plain = `${slice.name}[${words.join(",")}]`;
    const text = { "": plain, "1-": `(1−${plain})` }[slice.function ?? ""] ?? `${slice.function}(${plain})`;
    const shape = this.shape(slice.dims);
    const outside = places.some((place, axis) => place !== null && (place < 0 || place >= shape[axis]));
    if (outside && !this.program.starts[slice.name]) return { text, numbers: null, places };
    const read = this.compiledOnce(slice, ["pick", slice.name, slice.at, slice.index]);
    const numbers = free ? this.range(free, env, read) : [read(env)];
    return { text, numbers: numbers.map(FUNCTIONS[slice.function ?? ""]), places };
  }

  // One number of a result with everything that went into it.
  cell(line, at) {
    this.sample(at.n);
    const indices = Object.fromEntries(line.index.map((letter) => [letter, at[letter]]));
    indices.n = at.n;
    const masked = line.mask ? !this.compile(line.mask.tree)({ ...indices }) : false;
    const side = masked ? line.mask.otherwise : line;
    const parts = side.terms.map((term) => {
      const [left, right] = slicesOf(term).map((slice) => this.pick(slice, indices));
      const bias = term.name && isWeight(term);
      const gone =
        (bias && this.broken.has("bias")) ||
        (this.broken.has("carry") && slicesOf(term).some((slice) => carries(slice) && this.isResult(slice.name)));
      const amount = gone ? 0 : term.sign * this.compiledOnce(term, term.tree)({ ...indices });
      return { term, left, right, amount, gone, say: (tree) => sayTree(tree, indices, this) };
    });
    const total = parts.reduce((sum, part) => sum + part.amount, 0);
    const name = `${line.name}[${line.index.map((letter) => at[letter]).join(",")}]`;
    return { name, parts, total, function: side.function, value: this.value(line, at), masked };
  }
}

function softmax(numbers) {
  const largest = Math.max(...numbers);
  const powers = numbers.map((x) => Math.exp(x - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((x) => x / sum);
}

// All results as flat arrays in NumPy's order: what the tests compare with Keras.
function evaluate(spec, sizes = spec.sizes, broken = []) {
  const net = new Net(spec, sizes, broken);
  const results = {};
  for (const line of net.program.lines) {
    const found = (results[line.name] = []);
    const fill = (axis, at) => {
      if (axis === line.index.length) return found.push(net.value(line, at));
      for (let i = 0; i < net.size(line.dims[axis]); i++) fill(axis + 1, { ...at, [line.index[axis]]: i });
    };
    fill(0, { n: 0 });
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

const bracketed = (value) => (numberText(value).startsWith("−") ? `(${numberText(value)})` : numberText(value));

// A tree with the chosen indices in it: "tanh(X[0,1,:]·Wx[:,2])".
function sayTree(tree, at, net) {
  if (typeof tree === "number") return String(tree).replace("-", "−");
  if (typeof tree === "string") return String(at[tree] ?? tree);
  const [kind, ...parts] = tree;
  const say = (part) => sayTree(part, at, net);
  const closed = (part) => (Array.isArray(part) && "+-/<==//%".includes(part[0]) ? `(${say(part)})` : say(part));
  if (kind === "pick") return net.pick({ name: parts[0], at: parts[1], index: parts[2], dims: net.dims(parts[0]) }, at).text;
  if (kind === "f") return `${parts[0]}(${parts[1].map(say).join(", ")})`;
  if (kind === "along") return `${parts[0]}[${parts[1]}](${say(parts[2])})`;
  if (kind === "neg") return `−${closed(parts[0])}`;
  if (kind === "@") return `${closed(parts[0])} · ${closed(parts[1])}`;
  if (kind === "+" || kind === "-") return `${say(parts[0])} ${kind === "-" ? "−" : "+"} ${kind === "-" ? closed(parts[1]) : say(parts[1])}`;
  return `${closed(parts[0])} ${kind} ${closed(parts[1])}`;
}

function termText({ term, left, right, say }, first) {
  if (!left) return say(term.tree);
  if (!right) return left.text;
  const leftText = left.numbers ? left.text : "zeros";
  return term.shared
    ? `${first ? "row " : ""}${leftText} · ${first ? "column " : ""}${right.text}`
    : `${leftText} * ${right.numbers ? right.text : "zeros"}`;
}

const summed = (parts) =>
  parts
    .map((part, i) => (part.term.sign < 0 ? (i ? " − " : "−") : i ? " + " : "") + termText(part, i === 0))
    .join("");

const isMask = (line) => line.mask?.tree[0] === "pick"; // "mask[n,t] ? … : …", not "j < M ? … : …"

// The sentence of flow.cell_arithmetic, letter for letter.
function sentence(line, cell) {
  if (cell.masked && line.mask.repeats)
    return `${cell.name}: this step is masked, so it repeats the step before: ${numberText(cell.value)}.`;
  const masked = cell.masked && isMask(line) ? "this step is masked, so it is " : "";
  const ending = cell.function ? `, ${cell.function} = ${numberText(cell.value)}` : "";
  if (cell.masked && line.index.includes("s")) return `${cell.name}: this pair is hidden by the mask, so its score is ${numberText(cell.value, 0)}.`;
  if (masked && cell.parts.every(({ left }) => !left)) return `${cell.name}: ${masked}${numberText(cell.value)}.`;
  return `${cell.name}: ${masked}${summed(cell.parts)} = ${numberText(cell.total)}${ending}.`;
}

function sumText({ term, left, right, amount, gone }) {
  if (gone) return "left out";
  if (!right) return numberText(amount);
  const numbers = right.numbers ?? left.numbers ?? [0];
  const pairs = numbers.map((_, s) => `${bracketed(left.numbers?.[s] ?? 0)}·${bracketed(right.numbers?.[s] ?? 0)}`);
  const shown = pairs.length > 32 ? [...pairs.slice(0, 30), `… (${pairs.length - 30} more)`] : pairs;
  const sum = shown.join(" + ");
  return `${term.sign < 0 ? `−(${sum})` : sum} = ${numberText(amount)}`;
}

// ---------------------------------------------------------------------------------------------------- drawing

// Every colour is a variable of the style sheet (styles.py): a change of the host's theme needs no new drawing.
const INK = "var(--ink)";
const QUIET = "var(--quiet)";
const WRONG = "var(--wrong)";
const EDGE = "var(--edge)";
const FACES = ["var(--face0)", "var(--face1)", "var(--face2)"];
const FILLS = 65;
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

const ONE = spanOf(1, 0, 1);

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

const colourOf = (dim) => `var(--${/[NTDMKHS]/.exec(dim)?.[0] ?? "ink"})`;

class Brush {
  constructor(limit) {
    this.limit = limit;
  }
  paint(value) {
    if (value === null || !Number.isFinite(value)) return [FACES[0], INK];
    const i = Math.round((Math.max(-1, Math.min(1, value / this.limit)) + 1) * 0.5 * (FILLS - 1));
    return [`var(--f${i})`, `var(--i${i})`];
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
  `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" fill="none" stroke="var(--chosen)" stroke-width="${stroke}"/>`;

// A flat grid of cells with its top left corner at (x, y). `value(i, j)` may be null: not computed yet.
function grid(brush, { x, y, cell: [w, h], down, across, value, role = "data", go = () => "", differs = () => false, most = PRINTED }) {
  let out = "";
  const print = down.count <= most && across.count <= most && w >= 23 && h >= 13;
  for (const i of down.list) {
    for (const j of across.list) {
      const number = value(i, j);
      const [fill, ink] = number === null ? [FACES[0], INK] : brush.paint(number);
      const left = x + across.places.get(j) * w;
      const top = y + down.places.get(i) * h;
      out += `<rect x="${num(left)}" y="${num(top)}" width="${num(w)}" height="${num(h)}" fill="${fill}" stroke="${EDGE}" stroke-width=".7" data-go="${go(i, j)}"/>`;
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
  const colour = colourOf(dim);
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
function box(brush, { title, dims, shape, role, value, at, rows, go, differs, covered = () => false, room }) {
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
    `<path d="${path(points)}Z" fill="${value === null ? plain : brush.paint(value)[0]}" stroke="${EDGE}" stroke-width=".6" data-go="${where}"/>`;
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
  for (const i of down.list) if (covered(i)) out += cover(fx, fy + down.places.get(i) * h, across.total * w, h);
  if (cut > 0) {
    const [I, J] = [down.total, across.total];
    const dash = { colour: "var(--faint)", width: 0.9, dash: "3 3" };
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
  ) && spec.lines.some((line) => line.name === name);
// Whether a line's step of a sample is masked: nothing enters there.
const maskedAt = (net, line, n, t) => Boolean(line && isMask(line)) && !net.compile(line.mask.tree)({ n, t });
const readBy = (spec, name) =>
  spec.lines.find((line) => isMask(line) && line.mask.repeats && line.terms.some((term) => slicesOf(term).some((slice) => slice.name === name)));
// What lets nothing in, as in draw.frozen: grey, with a stroke.
const cover = (x, y, width, height) =>
  `<rect x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}" fill="var(--cover)" stroke="${INK}" stroke-width="1" pointer-events="none"/>${stroke([[x, y + height], [x + width, y]], { colour: QUIET, width: 1 })}`;
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
    .filter(([name, { dims }]) => dims[0] === "N" && dims.length > 1 && (dims.length > 2 || name === "mask"))
    .map(([name, { dims }]) => ({ name, dims, index: dims.map((dim) => dim.toLowerCase()) }));
  const few = spec.lines.length <= 3;
  const results = spec.lines.filter(
    (other, i) => few || other === line || i === spec.lines.length - 1 || isState(spec, other.name),
  );
  return [...inputs, ...results.filter(({ index }) => index[0] === "n" && index.length > 1 && index.length < 4)];
}

const tOf = ({ line, at, net }) => (line.index.includes("t") ? at.t : net.sizes.T - 1);

// Whether a result of the right lines has a counterpart among the wrong ones.
const comparable = ({ wrong }, { name, dims }) => {
  const other = wrong?.lines.get(name);
  return Boolean(other) && String(other.dims) === String(dims);
};

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
      return of.array(array.name, places[0])[
        places.slice(1).reduce((sum, place, axis) => sum + place * strides[axis + 1], 0)
      ];
    };
    const value = number(from);
    const index = spec.lines.indexOf(array);
    const where = (z, i, j) => goTo(array.index, pad ? [i, j] : [z, i, j], index < 0 ? "" : `l:${index}`);
    const right = number(net);
    const differs = from === net ? () => false : (...place) => Math.abs(value(...place) - right(...place)) > TOLERANCE;
    const sample = net.array(array.name, at.n);
    const role = isState(spec, array.name) ? "state" : "data";
    const brush = new Brush(limitOf(sample));
    const reader = net.isResult(array.name) || pad ? null : readBy(spec, array.name);
    const covered = (i) => maskedAt(net, reader, at.n, i);
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
      covered,
      room: look.width,
    });
  };
  let out = "";
  for (const array of shownArrays(look)) {
    out += one(array, net, array.name);
    if (comparable(look, array)) out += one(array, wrong, `${array.name} ${look.label}`);
  }
  return `<div class="flow">${out}</div>`;
}

// One step as it is done by hand: weight above, the row that meets it to the left, the result where they cross; the
// products under each other on the same columns, then bias, sum and function.
function stepPanel(look) {
  const { wrong, label, line, spec } = look;
  const right = stepPicture(look);
  if (label !== "yours" || !comparable(look, line)) return right;
  const yours = { ...look, spec: { ...spec, ...spec.yours }, net: wrong, wrong: null, line: wrong.lines.get(line.name) };
  return `${right}<div class="title bad">The same step, yours</div>${stepPicture(yours)}`;
}

function stepPicture(look) {
  const { spec, net, wrong, line, at } = look;
  const out = outgoingOf(line) ?? "n";
  const chosen = net.cell(line, at);
  const side = chosen.masked ? line.mask.otherwise : line;
  const count = net.size(line.dims[line.index.indexOf(out)]);
  const t = tOf(look);
  const here = { ...Object.fromEntries(line.index.map((letter) => [letter, at[letter]])), n: at.n };
  const across = spanOf(count, at[out], 16);
  const products = side.terms.filter((term) => term.shared);
  const sharedOf = (term) => net.size(net.dimOf(term.shared));
  const spans = new Map(products.map((term) => [term, spanOf(sharedOf(term), 0, 16)]));
  const widest = Math.max(0, ...[...spans.values()].map((span) => span.total));
  const wide = Math.max(9, Math.min(34, (look.width - 204) / (widest + across.total)));
  const few = Math.max(count, ...products.map(sharedOf)) <= PRINTED;
  const cell = [wide, few && wide >= 23 ? 18 : Math.min(wide, 13)];
  const [w, h] = cell;
  const x = 16 + widest * w + 22;
  const end = x + across.total * w;
  let y = 24;
  let drawing = "";
  const cells = [...Array(count).keys()].map((j) =>
    across.places.has(j) ? net.cell(line, { ...at, [out]: j }) : null,
  );
  const part = (j, index) => (cells[j].masked === chosen.masked ? cells[j].parts[index].amount : null);
  const theirs = comparable(look, line) && wrong.lines.get(line.name);
  const broken = theirs && cells.map((_, j) => (across.places.has(j) ? wrong.cell(theirs, { ...at, [out]: j }) : null));
  const everything = [limitOf(cells.flatMap((c) => (c ? [c.total, ...c.parts.map((part) => part.amount)] : []))), 1];
  const brush = new Brush(Math.max(...everything));
  const li = spec.lines.indexOf(line);
  const where = (j) => goTo([out], [j], `l:${li}`);
  const row = (label, value, role, { differs, strong } = {}) => {
    drawing += grid(brush, {
      x,
      y,
      cell,
      down: ONE,
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
  if (chosen.masked && isMask(line)) {
    drawing += text(x, y, "masked: nothing enters", { anchor: "start", bold: true });
    y += 10;
  }
  side.terms.forEach((term, index) => {
    const joint = term.sign < 0 ? "−" : index ? "+" : "";
    const whole = ({ text, numbers }) => (numbers ? text.replace(/,\d+\](\)?)$/, ",:]$1") : "zeros");
    const pickAt = (slice, j) => net.pick(slice, { ...here, [out]: j });
    if (term.shared) {
      const down = spans.get(term);
      const weight = [...Array(count).keys()].map((j) => (across.places.has(j) ? pickAt(term.right, j).numbers : null));
      const left = pickAt(term.left, at[out]);
      const dim = net.dimOf(term.shared);
      const own = new Brush(limitOf(weight.flat().filter((v) => v !== null)));
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
        drawing += `<path d="M${num(sx)} ${num(level - 2)}Q${num(sx)} ${num(wy)} ${num(x - 5)} ${num(wy)}" fill="none" stroke="${colourOf(dim)}" stroke-width="1"/>`;
      }
      y = level;
      const rowBrush = new Brush(limitOf(left.numbers ?? [1]));
      const role = isState(spec, term.left.name) ? "state" : "data";
      drawing += grid(rowBrush, {
        x: start,
        y,
        cell,
        down: ONE,
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
      if (joint) sign(joint);
      row(`${left.numbers ? left.text : "zeros"} @ ${term.right.name}`, (j) => part(j, index), "data");
      y += 15;
    } else if (term.left) {
      if (joint) sign(joint);
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
      row("product", (j) => part(j, index), "data");
    } else if (term.name) {
      if (joint) sign(joint);
      row(term.name, (j) => pickAt(term, j).numbers?.[0] ?? 0, isWeight(term) ? "weights" : "data");
    } else {
      if (joint) sign(joint);
      row(sayTree(term.tree, { n: at.n, t }, net), (j) => part(j, index) * term.sign, "data");
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
  if (side.function) {
    row("sum", (j) => cells[j].total, "data");
    drawing += text(x - 6, y + h / 2 + 4, side.function, { anchor: "end", bold: true, mono: true });
  }
  const resultRole = isState(spec, line.name) ? "state" : "data";
  if (across.places.has(at[out])) drawing += chosenRect(x + across.places.get(at[out]) * w, y, w, h);
  const top = y;
  row(place, (j) => cells[j].value, resultRole, { strong: true });
  if (across.places.has(at[out])) drawing += chosenRect(x + across.places.get(at[out]) * w, top, w, h);
  if (broken)
    row(look.label, (j) => broken[j].value, resultRole, {
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
  const strips = shownArrays(look).filter(({ index }) => index[1] === "t" && index.length === 3);
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
  const brushOf = (name) => new Brush(limitOf(net.array(name, at.n)));
  const layers = [...strips].reverse();
  const tops = new Map();
  const draw = (array, from, title) => {
    const dim = array.dims[2];
    const size = net.size(dim);
    const out_ = array.index[2];
    const down = spanOf(size, at[out_] ?? 0, 9);
    const h = size <= PRINTED && cellWidth >= 23 ? 16 : 10;
    const brush = brushOf(array.name);
    const sample = from.array(array.name, at.n);
    const right = net.array(array.name, at.n);
    const covered = (step) => li < 0 && maskedAt(net, readBy(spec, array.name), at.n, step);
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
      fill: title.includes(" ") ? WRONG : colourOf(dim),
    });
    for (const step of columns.list) {
      const left = x(step) - cellWidth / 2;
      const value = (i) => (fades && li >= 0 && step > t ? null : sample[step * size + i]); // inputs are there from the start
      out += grid(brush, {
        x: left,
        y,
        cell: [cellWidth, h],
        down,
        across: ONE,
        role,
        value,
        go: (i) => goTo(array.index, [at.n, step, i], li < 0 ? "" : `l:${li}`),
        differs: (i) =>
          from !== net && value(i) !== null && Math.abs(sample[step * size + i] - right[step * size + i]) > TOLERANCE,
      });
      if (covered(step)) out += cover(left, y, cellWidth, down.total * h);
      if (array === line && step === t && from === net)
        out += chosenRect(left, y + down.places.get(at[out_]) * h, cellWidth, h);
      else if (step === t) out += chosenRect(left, y, cellWidth, down.total * h, array === line ? 1.2 : 1.6);
    }
    if (role === "state" && li >= 0 && !from.broken.has("carry")) {
      const middle = y + (down.total * h) / 2;
      const turn = array.backwards ? -1 : 1;
      const dark = (step) => (fades && step > t ? EDGE : INK);
      const steps = columns.list;
      for (let i = 1; i < steps.length; i++) {
        const [from_, to] = [x(steps[i - 1]) + cellWidth / 2 + 1, x(steps[i]) - cellWidth / 2 - 1];
        const frozen = turn > 0 ? steps[i] : steps[i - 1]; // a masked step leaves the state as it was
        if (array.mask?.repeats && from === net && maskedAt(net, array, at.n, frozen)) {
          out += text((from_ + to) / 2, middle + 5, "=", { size: 14, bold: true, fill: dark(steps[i]) });
          continue;
        }
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
    if (comparable(look, array)) draw(array, wrong, `${array.name} ${look.label}`);
  }
  // arrows from each strip up to the one that reads it at the same step
  for (const array of layers) {
    for (const reader of layers) {
      const reads = reader.terms?.some((term) =>
        slicesOf(term).some((slice) => slice.name === array.name && slice.index.includes("t")),
      );
      if (!reads || layers.indexOf(reader) !== layers.indexOf(array) - 1 || comparable(look, array))
        continue;
      const from = tops.get(array.name)[0] - 2;
      const to = (tops.get(comparable(look, reader) ? `${reader.name} ${look.label}` : reader.name) ?? tops.get(reader.name))[1] + 3;
      for (const step of columns.list) {
        if (reader.mask?.repeats && maskedAt(net, reader, at.n, step)) continue; // nothing enters
        out += stroke(
          [
            [x(step), from],
            [x(step), to],
          ],
          { arrow: true, colour: fades && step > t ? EDGE : INK },
        );
      }
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
  const read = slicesOf(heads.at(-1)?.terms[0] ?? {})[0]?.name;
  const source = tops.get(read);
  if (heads.length && source && heads.at(-1) === last && last.index.length === 2) {
    const [K, kLetter] = [net.size(last.dims[last.dims.length - 1]), outgoingOf(last)];
    const down = spanOf(K, at[kLetter], 9);
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
      across: ONE,
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
        { arrow: true, colour: done ? INK : EDGE },
      );
    out +=
      text(right + 44, top - 6, last.name, { bold: true, mono: true, size: 13 }) +
      text(right + 44, top + down.total * h + 14, `${last.dims[last.dims.length - 1]} = ${K}`, {
        bold: true,
        fill: colourOf(last.dims[last.dims.length - 1]),
      });
    right += 66;
    y = Math.max(y, top + down.total * h + 20);
  }
  return svg(Math.max(right + 16, 200), y, out, `Sample ${at.n} unrolled in time, ${T} steps, step ${t} marked`);
}

// Attention: row t of the weights, which of them the mask hides, and where the largest is.
function rowOf({ spec, net, at }, t = at.t) {
  const [weights, allowed] = [spec.square.weights, spec.square.allowed].map((name) => net.lines.get(name));
  const along = (line) => [...Array(net.size(weights.dims[3])).keys()].map((s) => net.value(line, { ...at, t, s }));
  const row = along(weights);
  const hidden = allowed ? along(allowed).map((one) => !one) : [];
  const none = Boolean(allowed) && hidden.every(Boolean); // then all have the same weight: nothing is covered
  return { row, none, covered: none ? [] : hidden, largest: row.indexOf(Math.max(...row)) };
}

function rowSentence(look) {
  const { row, none, covered, largest } = rowOf(look);
  const who = `Head ${look.at.h}, t = ${look.at.t}:`;
  if (none) return `${who} the mask hides all ${row.length} steps, so each has the same weight, ${numberText(row[0])}.`;
  const count = covered.filter(Boolean).length;
  return `${who} the largest weight is at s = ${largest}, ${numberText(row[largest])}.${count ? ` The mask hides ${count} of ${row.length} steps.` : ""}`;
}

// The square of a sample and a head; row t of it as bars over the steps; on the same columns the values that they weigh,
// and what they come to. Below it how the heads make the output's numbers.
function squarePanel(look) {
  const { spec, net, line, at, width } = look;
  const [weights, values, heads, out] = ["weights", "values", "heads", "out"].map((role) => net.lines.get(spec.square[role]));
  const [T, S, M, D, H] = [weights.dims[2], weights.dims[3], heads.dims[3], out.dims[2], "H"].map((dim) => net.size(dim));
  const { row, covered } = rowOf(look);
  const left = 84;
  const [h, most] = [17, 12];
  const across = spanOf(S, at.s, Math.max(4, Math.min(24, Math.floor((width - left - 92) / 20))));
  const [down, units] = [spanOf(T, at.t, 16), spanOf(M, at.m, PRINTED)];
  const w = Math.max(16, Math.min(44, (width - left - 92) / across.total));
  const end = left + across.total * w;
  const x = (s) => left + across.places.get(s) * w;
  const go = (of, index) => (...places) => goTo([...index], places, `l:${spec.lines.indexOf(of)}`);
  const named = (of, ...places) => `${of.name}[${[at.n, ...places].join(",")}]`;
  const quiet = (x, y, words, options) => text(x, y, words, { fill: QUIET, anchor: "end", ...options });
  const strong = (x, y, words, options) => text(x, y, words, { bold: true, mono: true, anchor: "end", ...options });
  const frameAt = (of, x, y, width = w) => (line === of ? chosenRect(x, y, width, h) : "");
  // what the mask hides, and the column of the chosen step
  const columns = (y, height) =>
    across.list.map((s) => (covered[s] ? cover(x(s), y, w, height) : "")).join("") +
    (line.index.includes("s") ? chosenRect(x(at.s), y, w, height, 1.6) : "");
  let y = 44;
  let drawing = quiet(left - 8, y - 6, "s =") + bracket(null, [left, y - 14], [end, y - 14], "above", weights.dims[3], S);
  for (const s of across.list)
    drawing += quiet(x(s) + w / 2, y - 6, s, { anchor: "middle", ...(s === at.s && { bold: true, fill: INK }) });
  const rows = new Map(down.list.map((t) => [t, rowOf(look, t)]));
  const whole = new Brush(1);
  const seen = (t, s) => (rows.get(t).covered[s] ? null : rows.get(t).row[s]);
  drawing += grid(whole, { x: left, y, cell: [w, h], down, across, value: seen, go: go(weights, "ts"), most });
  for (const t of down.list) {
    const top = y + down.places.get(t) * h;
    for (const s of across.list) if (seen(t, s) === null) drawing += cover(x(s), top, w, h);
    drawing += quiet(left - 6, top + 13, t, t === at.t && { bold: true, fill: INK });
  }
  drawing += bracket(null, [left - 17, y], [left - 17, y + down.total * h], "left", weights.dims[2], T);
  const level = y + down.places.get(at.t) * h;
  drawing += chosenRect(left, level, across.total * w, h, 2) + frameAt(weights, x(at.s), level);
  y += down.total * h + 20;
  const [high, full] = [76, 60]; // of the strip, with room for a number, and of a weight of 1
  for (const s of across.list) {
    const top = y + high - full * row[s];
    const bar = (y, height, fill, more) => `<rect x="${num(x(s))}" y="${num(y)}" width="${num(w)}" height="${num(height)}" fill="${fill}" ${more}/>`;
    drawing += bar(y, high, FACES[0], `data-go="${go(weights, "ts")(at.t, s)}"`);
    if (covered[s]) continue;
    drawing += bar(top, y + high - top, whole.paint(row[s])[0], `stroke="${INK}" stroke-width=".8" pointer-events="none"`);
    if (w >= 23) drawing += text(x(s) + w / 2, top - 4, shortNumber(row[s]), { size: 10 });
  }
  drawing += columns(y, high) + stroke([[left, y + high], [end, y + high]]);
  drawing += strong(left - 8, y + 40, named(weights, at.h, at.t, ":"), { size: 10 }) + quiet(left - 8, y + 56, "row t");
  drawing += quiet(end + 10, y + high - 4, `adds up to ${numberText(ALONG.sum(row), 0)}`, { anchor: "start" });
  const block = (value, brush, title) => {
    drawing += grid(brush, { x: left, y, cell: [w, h], down: units, across, value, go: (m, s) => go(values, "hsm")(at.h, s, m), most });
    drawing += columns(y, units.total * h) + strong(left - 8, y + (units.total * h) / 2 + 3, title);
  };
  const every = (value) => units.list.flatMap((m) => across.list.map((s) => value(m, s)));
  const v = (m, s) => net.value(values, { ...at, s, m });
  y += high + 12;
  block(v, new Brush(limitOf(every(v))), values.name);
  drawing += frameAt(values, x(at.s), y + units.places.get(at.m) * h);
  drawing += bracket(null, [end, y], [end, y + units.total * h], "right", heads.dims[3], M);
  y += units.total * h + 12;
  const product = (m, s) => row[s] * v(m, s);
  const sum = (m) => net.value(heads, { ...at, m });
  const brush = new Brush(limitOf([...every(product), ...units.list.map(sum)]));
  block(product, brush, `${weights.name}·${values.name}`);
  const middle = y + (units.total * h) / 2;
  drawing += stroke([[end + 5, middle], [end + 30, middle]], { arrow: true }) + strong(end + 20, middle - 5, "Σ");
  drawing += grid(brush, { x: end + 34, y, cell: [38, h], down: units, across: ONE, value: sum, go: (m) => go(heads, "htm")(at.h, at.t, m) });
  y += units.total * h;
  drawing += strong(end + 72, y + 14, heads.name) + frameAt(heads, end + 34, y - (units.total - units.places.get(at.m)) * h, 38);
  y += 34;
  // the output: each head's part, the bias, and their sum
  const [some, numbers] = [spanOf(H, at.h, 6), spanOf(D, at.d, Math.max(3, Math.min(PRINTED, Math.floor((width - left - 170) / 38))))];
  const edge = left + numbers.total * 38;
  const part = (h, d) => ALONG.sum([...Array(M).keys()].map((m) => net.value(heads, { ...at, h, m }) * back[(h * M + m) * D + d]));
  const [back, bias] = [spec.square.back, spec.square.bias].map((name) => name && net.array(name, at.n));
  const result = (_, d) => net.value(out, { ...at, d });
  const own = new Brush(limitOf(numbers.list.flatMap((d) => [result(0, d), ...some.list.map((k) => part(k, d))])));
  const line_ = (down, value, role, go) => grid(own, { x: left, y, cell: [38, h], down, across: numbers, value, role, go });
  const beside = (down, words, bold) => text(edge + 10, y + down * h + 13, words, { anchor: "start", mono: true, bold });
  drawing += bracket(null, [left, y - 2], [edge, y - 2], "above", out.dims[2], D) + line_(some, part, "data", (k) => ` h:${k}`);
  for (const k of some.list) drawing += beside(some.places.get(k), `${named(heads, k, at.t, ":")} @ ${spec.square.back}[${k}]`);
  if (H > 1) drawing += chosenRect(left, y + some.places.get(at.h) * h, edge - left, h, 1.6);
  y += some.total * h + 4;
  if (bias) {
    drawing += line_(ONE, (_, d) => bias[d], "weights") + strong(left - 8, y + 13, "+") + beside(0, spec.square.bias);
    y += h + 8;
  }
  drawing += stroke([[left - 16, y], [edge + 3, y]], { width: 1.6 });
  y += 6;
  drawing += line_(ONE, result, "data", (_, d) => go(out, "td")(at.t, d)) + beside(0, named(out, at.t, ":"), true);
  drawing += frameAt(out, left + numbers.places.get(at.d) * 38, y, 38);
  const words = `Sample ${at.n}. ${rowSentence(look)} Below it the values, and the sum that makes ${named(out, at.t, ":")}`;
  return svg(Math.max(end + 88, edge + 170), y + h + 6, drawing, words);
}

// A cell's terms, each with what it comes to.
function termRows(line, cell) {
  if (cell.masked && line.mask.repeats) return [["masked: repeats the step before", numberText(cell.value, 4), cell.value]];
  const rows = cell.parts.map((part) => [(part.term.sign < 0 ? "−" : "") + termText(part, false), sumText(part), part.amount]);
  if (cell.masked && isMask(line)) rows.unshift(["masked", line.index.includes("s") ? "nothing is seen" : "nothing enters", 0]);
  rows.push(["sum", numberText(cell.total, 4), cell.total]);
  if (cell.function) rows.push([`${cell.function} of the sum`, numberText(cell.value, 4), cell.value]);
  return rows;
}

const tableRow = (label, ...cells) => `<tr><th scope="row">${escape(label)}</th>${cells.join("")}</tr>`;

function sumPanel(look) {
  const { spec, net, wrong, line, at, label } = look;
  const cell = net.cell(line, at);
  const other = comparable(look, line) && wrong.lines.get(line.name);
  const bad = other && wrong.cell(other, at);
  const keras = kerasNumber(look);
  const off = bad && keras !== null && Math.abs(bad.value - keras) > TOLERANCE;
  const offText = off ? `${numberText(bad.value, 4)} is off by ${numberText(Math.abs(bad.value - keras), 4)}` : "";
  const caption = `<caption><code>${escape(cell.name)}</code>, term by term`;
  const marked = (words, differs) => `<td${differs ? ' class="wrong"' : ""}>${differs ? "✗ " : ""}${escape(words)}</td>`;
  const rows = termRows(line, cell);
  if (label === "yours" && bad) {
    const own = termRows(other, bad).map(([words, text], i, all) =>
      tableRow(words, marked(text, i === all.length - 1 && Math.abs(bad.value - cell.value) > TOLERANCE)),
    );
    const body = rows.map(([words, text]) => tableRow(words, `<td>${escape(text)}</td>`));
    if (keras !== null) body.push(tableRow("model.predict()", `<td>${numberText(keras, 4)}</td>`));
    if (offText) own.push(tableRow("off by", marked(numberText(Math.abs(bad.value - keras), 4), true)));
    return `<div class="flow tables"><table>${caption}, right</caption><tbody>${body.join("")}</tbody></table><table>${caption}, yours</caption><tbody>${own.join("")}</tbody></table></div>`;
  }
  const theirs = bad ? termRows(other, bad) : [];
  const body = rows.map(([words, text, amount], i) =>
    tableRow(words, `<td>${escape(text)}</td>`, bad ? marked(theirs[i]?.[1] ?? "", Math.abs((theirs[i]?.[2] ?? 0) - amount) > TOLERANCE) : ""),
  );
  if (keras !== null)
    body.push(tableRow("model.predict()", `<td>${numberText(keras, 4)}</td>`, bad ? marked(offText || numberText(bad.value, 4), off) : ""));
  const head = bad
    ? '<thead><tr><th scope="col">term</th><th scope="col">right</th><th scope="col">broken</th></tr></thead>'
    : "";
  return `<table>${caption}</caption>${head}<tbody>${body.join("")}</tbody></table>`;
}

// What Keras gave for this cell; null where it gave none, or for fewer steps than are looked at.
function kerasNumber({ spec, net, line, at }) {
  const numbers = spec.keras?.of[line.name];
  if (!numbers || (net.sizes.T !== spec.keras.T && !line.index.includes("t"))) return null;
  if (spec.lines.some((other) => other.backwards) && net.sizes.T !== spec.keras.T) return null;
  numbers.numbers ??= decode(numbers);
  return numbers.numbers[line.index.reduce((offset, letter, axis) => offset * numbers.shape[axis] + at[letter], 0)];
}

// -------------------------------------------------------------------------------------------------- the widget

const PANELS = {
  boxes: ["Boxes", boxesPanel],
  step: ["One step as products", stepPanel],
  time: ["Unrolled in time", timePanel],
  square: ["Who looks at whom", squarePanel],
  sum: ["One number written out", sumPanel],
};
const BREAKS = {
  yours: () => "your formula",
  bias: () => "drop the bias",
  carry: () => "don't carry the state",
  swap: ({ arrays }) => {
    const square = Object.keys(arrays).filter((name) => isWeight(arrays[name]) && isSquare(arrays[name]));
    return `swap the axes of ${square.length > 2 ? "the square weights" : square.join(" and ")}`;
  },
};

let instances = 0;

// Whether the host is dark: JupyterLab, Colab and VS Code say it; else what is painted behind us; else the browser.
function isDark(element) {
  const { documentElement: page, body } = document;
  const said = body.dataset.jpThemeLight ?? { dark: "false", light: "true" }[page.getAttribute("theme")];
  if (said) return said === "false";
  if (body.dataset.vscodeThemeKind) return /dark|high-contrast$/.test(body.dataset.vscodeThemeKind);
  for (let at = element; at; at = at.parentElement) {
    const [red, green, blue, alpha = 1] = getComputedStyle(at).backgroundColor.match(/[\d.]+/g).map(Number);
    if (alpha > 0.5) return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 110;
  }
  const scheme = getComputedStyle(page).colorScheme;
  return scheme.includes("dark") && (!scheme.includes("light") || matchMedia("(prefers-color-scheme: dark)").matches);
}

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
  const meanings = { n: "sample", t: "time step", k: "output", d: "feature", h: "head", s: "step seen" };
  const panels = Object.entries(PANELS).filter(([name]) => spec.panels.includes(name));
  const breaks = [...(spec.yours ? ["yours"] : []), ...spec.breaks];
  const has = (kind) => breaks.includes(kind);
  let state = clamp(model.get("state"));
  let nets = {};
  let timer = null;
  let held = false; // a slider that is being dragged: nothing around it comes or goes

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
      show: wanted.show.filter((name) => spec.panels.includes(name)),
    };
  }

  const slider = (kind, letter, words, colour) =>
    `<div class="slider"><label for="${id}${kind}${letter}"><b style="color:${colour}">${escape(letter)}</b> ${escape(words)}</label><input type="range" id="${id}${kind}${letter}" data-${kind}="${escape(letter)}" step="1"><output for="${id}${kind}${letter}"></output></div>`;
  const choice = (type, name, value, words, extra = "") =>
    `<label class="choice${extra}"><input type="${type}" name="${id}${name}" data-${name}="${value}">${words}</label>`;
  const tone = (letter) => colourOf(dimOf(letter, spec.lines[0]));
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  shadow.innerHTML = `<style>${spec.css}</style><div class="wrap"><div class="card" part="card" role="group" aria-label="Shape explorer">
<div class="formula" part="shown">${written(spec)}${spec.yours ? `<div class="title bad" data-yours>Your formula</div><div data-yours>${written(spec.yours, "yours")}</div>` : ""}</div>
<div class="controls" part="controls">
<fieldset part="control"><legend>Sizes</legend>${letters.map((letter) => slider("size", letter, spec.letters[letter].meaning, colourOf(letter))).join("")}<div class="note" data-fixed></div></fieldset>
<fieldset part="control"><legend>Which number</legend><div role="radiogroup" aria-label="Cell of">${spec.lines.map(({ name }) => choice("radio", "cell", name, `<code>${escape(name)}</code>`)).join("")}</div>
${places.map((letter) => slider("at", letter, meanings[letter[0]] ?? "unit", tone(letter))).join("")}
</fieldset>
<div class="column" part="control"><fieldset${breaks.length ? "" : " hidden"}><legend>${spec.yours ? "Beside it" : "Break it"}</legend>${breaks.map((kind) => choice("checkbox", "break", kind, BREAKS[kind](spec), " down")).join("")}</fieldset>
<fieldset><legend>Show</legend>${panels
    .map(([name, [title]]) => choice("checkbox", "show", name, title, " down"))
    .join("")}</fieldset></div>
</div>
<p class="note" part="shown" data-note></p>
<div class="bar" part="shown"><div class="steps"><button type="button" data-step="-1">◀ Back</button><button type="button" data-play>▶ Play</button><button type="button" data-step="1">Step ▶</button></div>
<div class="status" role="status"></div></div>
${panels
  .map(
    ([name, [title]]) =>
      `<div role="group" class="panel" part="shown panel ${name}" data-panel="${name}" aria-label="${title}"><div class="title">${title}</div>${name === "sum" ? "" : `<div class="cells" role="grid" tabindex="0" aria-activedescendant="${id}${name}cell"><div role="row"><div role="gridcell" id="${id}${name}cell" aria-selected="true"></div></div></div>`}<div class="picture"></div></div>`,
  )
  .join("")}
</div></div>`;

  function written({ starts, lines }) {
    const first = Object.values(starts).map(({ text }) => `<div>${formula(text)}</div>`);
    return [...first, ...lines.map((line) => `<div data-line="${escape(line.name)}">${formula(line.text)}</div>`)].join("");
  }

  // In brackets every letter has the colour of its axis.
  function formula(words) {
    const known = new Net(spec, spec.sizes);
    return escape(words).replace(/\[([^\[\]]*)\]/g, (_, inside) =>
      `[${inside.replace(/\b[a-z]\d?(?![\w(])'?/g, (letter) => {
        const dim = known.dimOf(letter);
        return /[NTDMKHS]/.test(dim) ? `<b style="color:${colourOf(dim)}">${letter}</b>` : letter;
      })}]`,
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
    const label = state.broken.includes("yours") ? "yours" : "broken";
    const look = { spec, net, wrong, line, at: state.at, width, label };
    for (const input of all("[data-size]")) {
      const letter = input.dataset.size;
      const { min, max, meaning, one } = spec.letters[letter];
      const size = state.sizes[letter];
      setSlider(input, min, max, size, `${letter} = ${size} ${size === 1 ? one : meaning}`);
      input.closest(".slider").hidden = min === max;
    }
    const fixed = letters.filter((letter) => spec.letters[letter].min === spec.letters[letter].max);
    $("[data-fixed]").textContent = fixed.map((letter) => `${letter} = ${state.sizes[letter]}`).join(" · ");
    for (const part of all("[data-yours]")) part.hidden = label !== "yours";
    for (const input of all("[data-at]")) {
      const letter = input.dataset.at;
      const count = net.size(dimOf(letter, line));
      setSlider(input, 0, count - 1, state.at[letter], `${letter} = ${state.at[letter]}, of 0 to ${count - 1}`);
      // only what does something: t always leads to a step
      if (!held) input.closest(".slider").hidden = count === 1 || !(line.index.includes(letter) || letter === "t" || (spec.square && letter === "h"));
    }
    for (const input of all("[data-cell]")) input.checked = input.dataset.cell === state.cell;
    for (const input of all("[data-break]")) input.checked = state.broken.includes(input.dataset.break);
    for (const input of all("[data-show]")) input.checked = state.show.includes(input.dataset.show);
    for (const row of all("[data-line]")) row.classList.toggle("off", row.dataset.line !== state.cell);
    $("[data-note]").textContent = note();
    $("[data-play]").hidden = still.matches;
    $("[data-play]").textContent = timer ? "❚❚ Pause" : "▶ Play";
    const cell = net.cell(line, state.at);
    const words = [...(spec.square ? [rowSentence(look)] : []), sentence(line, cell)];
    let bad = "";
    if (comparable(look, line)) {
      const { value } = wrong.cell(wrong.lines.get(line.name), state.at);
      const off = Math.abs(value - cell.value);
      bad = ` ${label === "yours" ? "Yours" : "Broken"}: ${numberText(value)}${off > TOLERANCE ? ` instead of ${numberText(cell.value)}` : ", the same number"}.`;
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
      const shown = name === "square" ? net.lines.get(spec.square.weights) : line;
      const [downLetter, acrossLetter] = shown.index.slice(-2);
      const [downDim, acrossDim] = shown.dims.slice(-2);
      cells.setAttribute(
        "aria-label",
        `Cells of ${shown.name}: arrow keys choose one, Page Up and Page Down another sample`,
      );
      cells.setAttribute("aria-rowcount", net.size(downDim));
      cells.setAttribute("aria-colcount", net.size(acrossDim));
      cells.querySelector("[role=row]").setAttribute("aria-rowindex", state.at[downLetter] + 1);
      const chosen = cells.querySelector("[role=gridcell]");
      const { name: where, value } = shown === line ? cell : net.cell(shown, state.at);
      chosen.setAttribute("aria-colindex", state.at[acrossLetter] + 1);
      chosen.textContent = `${where} = ${numberText(value)}`;
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

  // A result without a letter has nothing to move along: then the first line that has it is meant, the weights in a square.
  const lineWith = (letter) =>
    lineNow().index.includes(letter)
      ? state.cell
      : (spec.square?.weights ?? spec.lines.find(({ index }) => index.includes(letter))?.name ?? state.cell);
  const move = (letter, by) => change({ cell: lineWith(letter), at: { ...state.at, [letter]: state.at[letter] + by } });
  function stepTo(t) {
    change({ cell: lineWith("t"), at: { ...state.at, t } });
  }

  function play(on) {
    clearInterval(timer);
    timer = null;
    if (on) {
      timer = setInterval(
        () => (state.at.t + 1 < state.sizes.T && root.isConnected ? stepTo(state.at.t + 1) : play(false)),
        900,
      );
      const panel = all(".panel:not([hidden])").find((one) => one.dataset.panel === "time") ?? $(".panel:not([hidden])");
      panel?.scrollIntoView({ block: "nearest" }); // what moves is seen, and the bar with Pause stays above it
      if (state.at.t === state.sizes.T - 1 || lineWith("t") !== state.cell) return stepTo(0);
    }
    redraw();
  }

  shadow.addEventListener("pointerdown", ({ target }) => (held = target.type === "range"));
  const letGo = () => held && ((held = false), redraw());
  for (const kind of ["pointerup", "pointercancel"]) addEventListener(kind, letGo);

  shadow.addEventListener("input", ({ target }) => {
    const { size, at, cell, break: kind, show } = target.dataset;
    if (size) change({ sizes: { ...state.sizes, [size]: Number(target.value) } });
    else if (at === "t") stepTo(Number(target.value));
    else if (at)
      change({
        cell: spec.square && at === "h" ? state.cell : lineWith(at), // the square has its head, whatever is chosen
        at: { ...state.at, [at]: Number(target.value) },
      });
    else if (cell) change({ cell });
    else if (kind)
      change({
        broken: Object.keys(BREAKS).filter((other) => (other === kind ? target.checked : state.broken.includes(other))),
      });
    else if (show)
      change({
        show: spec.panels.filter((other) => (other === show ? target.checked : state.show.includes(other))),
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
    const cells = target.closest(".panel").querySelector(".cells"); // the target itself is drawn anew
    const at = { ...state.at };
    let cell = state.cell;
    for (const [, letter, index] of go.matchAll(/(\w+):(\d+)/g)) {
      if (letter === "l") cell = spec.lines[index].name;
      else if (letter in at) at[letter] = Number(index);
    }
    if (!go.includes("l:") && / t:/.test(go)) cell = lineWith("t");
    change({ cell, at });
    cells?.focus({ preventScroll: true });
  });

  shadow.addEventListener("keydown", (event) => {
    if (!event.target.classList?.contains("cells") || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = lineNow();
    const across = line.index.at(-1);
    const down = line.index.at(-2);
    const { panel } = event.target.closest(".panel").dataset;
    const turned = panel === "time" && line.index.includes("t");
    const [sideways, upright] = panel === "square" ? ["s", "t"] : turned ? [down, across] : [across, down];
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

  const paint = () => $(".card").classList.toggle("dark", isDark(root));
  const themes = new MutationObserver(paint);
  const attributes = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
  for (const one of [document.documentElement, document.body])
    themes.observe(one, { attributes: true, attributeFilter: attributes });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", paint);
  paint();

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
    for (const kind of ["pointerup", "pointercancel"]) removeEventListener(kind, letGo);
    themes.disconnect();
    system.removeEventListener("change", paint);
    model.off?.("change:state", fromKernel);
  };
}

export default { render, evaluate };
