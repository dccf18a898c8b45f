// Which file of the Rust sources names what of which other file: read from their `use` lines and paths, as far as the names of modules
// and what they hand on tell it.

/**
 * @typedef {{ path: string[], name: string, glob: boolean, handedOn: boolean }} Import
 * @typedef {{ path: string[], names: Map<string, Import>, globs: string[][], imports: Import[], paths: string[][], items: Set<string>, file: string, words: Map<string, number> }} Module
 * @typedef {{ from: string, to: string, names: string[] }} Tie
 */

/** The source without comments, and with empty texts: nothing in them is a name. @param {string} source */
export function bare(source) {
  let out = '';
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at, at + 300);
    const raw = /^b?r(#*)"/.exec(rest);
    const before = source[at - 1] ?? ' ';
    if (rest.startsWith('//')) {
      const end = source.indexOf('\n', at);
      at = end < 0 ? source.length : end;
    } else if (rest.startsWith('/*')) {
      at = afterComment(source, at);
      out += ' ';
    } else if (raw && !/\w/.test(before)) {
      const close = `"${raw[1]}`;
      const end = source.indexOf(close, at + raw[0].length);
      at = end < 0 ? source.length : end + close.length;
      out += '""';
    } else if (rest.startsWith('"')) {
      at = afterText(source, at + 1);
      out += '""';
    } else {
      // 'a' is a character, 'a without another quote a lifetime.
      const character = /^'(?:\\(?:u\{[0-9a-fA-F_]+\}|x[0-9a-fA-F]{2}|.)|[^\\'])'/u.exec(rest);
      if (character) {
        at += character[0].length;
        out += "' '";
      } else {
        out += source[at];
        at += 1;
      }
    }
  }
  return out;
}

/** @param {string} source @param {number} start */
function afterComment(source, start) {
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (source.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return source.length;
}

/** @param {string} source @param {number} start */
function afterText(source, start) {
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '\\') {
      at += 1;
    } else if (source[at] === '"') {
      return at + 1;
    }
  }
  return source.length;
}

/** @param {string} source @returns {string[]} */
function tokensOf(source) {
  return bare(source).match(/#!?\[|[A-Za-z_]\w*|::|[{}();,*[\]<>=!]|\S/g) ?? [];
}

/** The module that a file of `src` is. @param {string} file @returns {string[]} */
function moduleOf(file) {
  const parts = file
    .replace(/^src\//, '')
    .replace(/\.rs$/, '')
    .split('/');
  if (parts.at(-1) === 'mod' || (parts.length === 1 && parts[0] === 'lib')) {
    parts.pop();
  }
  return parts;
}

/** @param {string[]} path */
const key = (path) => path.join('::');

/** Goes past what follows an opening bracket. @param {string[]} tokens @param {number} open @param {string} a @param {string} b */
function afterBlock(tokens, open, a, b) {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at] === a) {
      depth += 1;
    } else if (tokens[at] === b) {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return tokens.length;
}

/** What a `use` names. @param {string[]} tokens @param {number} start @param {boolean} handedOn @returns {{ imports: Import[], next: number }} */
function useTree(tokens, start, handedOn) {
  /** @type {Import[]} */
  const imports = [];
  let at = start;
  /** @param {string[]} prefix */
  const tree = (prefix) => {
    const path = [...prefix];
    while (at < tokens.length) {
      const token = tokens[at] ?? '';
      if (token === '{') {
        at += 1;
        while (tokens[at] !== '}' && at < tokens.length) {
          tree(path);
          if (tokens[at] === ',') {
            at += 1;
          }
        }
        at += 1;
        return;
      }
      if (token === '*') {
        at += 1;
        imports.push({ path, name: '*', glob: true, handedOn });
        return;
      }
      if (token === '::') {
        at += 1;
        continue;
      }
      if (!/^\w+$/.test(token)) {
        return;
      }
      at += 1;
      if (token === 'self' && path.length > 0) {
        // `use a::b::{self}` is `use a::b`.
      } else {
        path.push(token);
      }
      if (tokens[at] === '::') {
        continue;
      }
      let name = path.at(-1) ?? '';
      if (tokens[at] === 'as') {
        name = tokens[at + 1] ?? name;
        at += 2;
      }
      imports.push({ path, name, glob: false, handedOn });
      return;
    }
  };
  tree([]);
  return { imports, next: at };
}

/** Keeps what a `use` names; answers with where it ends. @param {Module} module @param {string[]} tokens @param {number} at @param {boolean} handedOn */
function takeUse(module, tokens, at, handedOn) {
  const { imports, next } = useTree(tokens, at + 1, handedOn);
  for (const one of imports) {
    module.imports.push(one);
    if (one.glob) {
      module.globs.push(one.path);
    } else if (one.name !== '_') {
      module.names.set(one.name, one);
    }
  }
  return next;
}

const ITEM = new Set(['fn', 'struct', 'enum', 'trait', 'type', 'const', 'static', 'union']);

/** @param {string} file @param {string} source @returns {Module[]} */
function modulesIn(file, source) {
  const tokens = tokensOf(source);
  /** @type {Module[]} */
  const modules = [];
  /** @param {string[]} path */
  const open = (path) => {
    const module = {
      path,
      names: new Map(),
      globs: [],
      imports: [],
      paths: [],
      items: new Set(),
      file,
      words: new Map(),
    };
    modules.push(module);
    return module;
  };
  /** @type {{ module: Module, depth: number }[]} */
  const stack = [{ module: open(moduleOf(file)), depth: 0 }];
  let depth = 0;
  let at = 0;
  let skips = false;
  while (at < tokens.length) {
    const token = tokens[at] ?? '';
    const top = stack.at(-1);
    if (!top) {
      break;
    }
    const { module } = top;
    if (token === '#[' || token === '#![') {
      const end = afterAttribute(tokens, at);
      // What is compiled for tests alone ties nothing.
      skips ||= tokens.slice(at, end).join(' ') === '#[ cfg ( test ) ]';
      at = end;
      continue;
    }
    if (skips && !['pub', '(', ')', 'crate', 'super'].includes(token)) {
      skips = false;
      const brace = tokens.indexOf('{', at);
      const semicolon = tokens.indexOf(';', at);
      at =
        token === 'use' || brace < 0 || (semicolon >= 0 && semicolon < brace)
          ? semicolon + 1
          : afterBlock(tokens, brace, '{', '}');
      continue;
    }
    if (token === 'pub' && tokens[at + 1] === '(') {
      // Its visibility is no tie; the `use` after it is passed on.
      at = afterBlock(tokens, at + 1, '(', ')');
      if (tokens[at] === 'use') {
        at = takeUse(module, tokens, at, true);
      }
      continue;
    }
    if (token === '{') {
      depth += 1;
    } else if (token === '}') {
      depth -= 1;
      if (stack.length > 1 && depth === top.depth) {
        stack.pop();
      }
    } else if (token === 'mod' && tokens[at + 2] === '{') {
      stack.push({ module: open([...module.path, tokens[at + 1] ?? '']), depth });
      depth += 1;
      at += 3;
      continue;
    } else if (token === 'mod' && tokens[at + 2] === ';') {
      at += 3;
      continue;
    } else if (token === 'use') {
      at = takeUse(module, tokens, at, tokens[at - 1] === 'pub');
      continue;
    } else if (/^[A-Za-z_]\w*$/.test(token)) {
      module.words.set(token, (module.words.get(token) ?? 0) + 1);
      if (ITEM.has(token) && depth === top.depth + (stack.length > 1 ? 1 : 0)) {
        module.items.add(tokens[at + 1] ?? '');
      }
      if (tokens[at - 1] !== '::' && tokens[at + 1] === '::') {
        const path = [token];
        let end = at + 1;
        while (tokens[end] === '::' && /^[A-Za-z_]\w*$/.test(tokens[end + 1] ?? '')) {
          path.push(tokens[end + 1] ?? '');
          end += 2;
        }
        if (path.length > 1) {
          module.paths.push(path);
        }
      }
    }
    at += 1;
  }
  return modules;
}

/** @param {string[]} tokens @param {number} start */
function afterAttribute(tokens, start) {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const token = tokens[at] ?? '';
    if (token.endsWith('[')) {
      depth += 1;
    } else if (token === ']') {
      depth -= 1;
      if (depth === 0) {
        return at + 1;
      }
    }
  }
  return tokens.length;
}

/**
 * Every tie between two files: the first names something of the second. What a module only hands on (`pub use`) ties it to nothing, and
 * whoever names it there is tied to the file where it is.
 * @param {Record<string, string>} sources by path, from `src/` on
 * @returns {Tie[]}
 */
export function tiesOf(sources) {
  /** @type {Map<string, Module>} */
  const modules = new Map();
  for (const [file, source] of Object.entries(sources)) {
    for (const module of modulesIn(file, source)) {
      modules.set(key(module.path), module);
    }
  }

  /**
   * Where a path leads: the file, and the name there; none outside of this crate.
   * @param {string[]} from the module that it is named in
   * @param {string[]} path
   * @param {Set<string>} seen
   * @returns {{ module: string[], name?: string } | undefined}
   */
  const resolve = (from, path, seen) => {
    const mark = `${key(from)}>${key(path)}`;
    if (seen.has(mark)) {
      return undefined;
    }
    seen.add(mark);
    const [first = '', ...rest] = path;
    if (first === 'crate' || first === 'tether') {
      return walk([], rest, seen);
    }
    if (first === 'self') {
      return walk(from, rest, seen);
    }
    if (first === 'super') {
      let up = from.slice(0, -1);
      while (rest[0] === 'super') {
        rest.shift();
        up = up.slice(0, -1);
      }
      return walk(up, rest, seen);
    }
    if (modules.has(key([...from, first]))) {
      return walk([...from, first], rest, seen);
    }
    const alias = modules.get(key(from))?.names.get(first);
    if (alias) {
      return follow(from, alias.path, rest, seen);
    }
    return undefined;
  };

  /** @param {string[]} from @param {string[]} path @param {string[]} rest @param {Set<string>} seen */
  const follow = (from, path, rest, seen) => {
    const target = resolve(from, path, seen);
    return target && target.name === undefined ? walk(target.module, rest, seen) : target;
  };

  /**
   * @param {string[]} module @param {string[]} path @param {Set<string>} seen
   * @returns {{ module: string[], name?: string } | undefined}
   */
  const walk = (module, path, seen) => {
    const [first, ...rest] = path;
    if (first === undefined) {
      return { module };
    }
    if (modules.has(key([...module, first]))) {
      return walk([...module, first], rest, seen);
    }
    const here = modules.get(key(module));
    const alias = here?.names.get(first);
    if (here && alias && !here.items.has(first)) {
      return follow(module, alias.path, rest, seen) ?? { module, name: first };
    }
    for (const glob of here && !here.items.has(first) ? here.globs : []) {
      const target = resolve(module, glob, seen);
      if (target && modules.get(key(target.module))?.items.has(first)) {
        return { module: target.module, name: first };
      }
    }
    return { module, name: first };
  };

  /** @type {Map<string, Set<string>>} */
  const found = new Map();
  for (const module of modules.values()) {
    /** @param {string[]} path */
    const tie = (path) => {
      const target = resolve(module.path, path, new Set());
      const file = target && modules.get(key(target.module))?.file;
      if (target && file && file !== module.file) {
        const pair = `${module.file}\n${file}`;
        const names = found.get(pair) ?? new Set();
        found.set(pair, names.add(target.name ?? target.module.at(-1) ?? 'crate'));
      }
    };
    for (const { path, name, glob, handedOn } of module.imports) {
      const used = module.words.get(name) ?? 0;
      const isModule = !glob && resolve(module.path, path, new Set())?.name === undefined;
      const asPath = module.paths.some((one) => one[0] === name);
      if (!(handedOn && used === 0) && !(isModule && asPath)) {
        tie(path);
      }
    }
    for (const path of module.paths) {
      tie(path);
    }
  }
  return [...found].map(([pair, names]) => {
    const [from = '', to = ''] = pair.split('\n');
    return { from, to, names: [...names].sort() };
  });
}

/** How a tie is reported. @param {Tie} tie */
export function told({ from, to, names }) {
  return `${from} names ${names.join(', ')} of ${to}`;
}

/** The folder (or the file) of `src` that a file belongs to. @param {string} file */
export function folderOf(file) {
  return (file.split('/')[1] ?? '').replace(/\.rs$/, '');
}

/**
 * The ties that run upwards: to a ring above the file's own.
 * @param {Tie[]} ties @param {string[][]} rings bottom up; within a ring, each may know those before it
 */
export function climbs(ties, rings) {
  const order = rings.flat();
  /** @param {string} file */
  const rank = (file) => {
    const at = order.indexOf(folderOf(file));
    return at < 0 ? Number.NaN : at;
  };
  return ties.filter(({ from, to }) => !(rank(to) <= rank(from)));
}

/**
 * The groups of files that know each other in a circle, with what ties them.
 * @param {Tie[]} ties
 * @returns {Tie[][]}
 */
export function circlesOf(ties) {
  /** @type {Map<string, string[]>} */
  const next = new Map();
  for (const { from, to } of ties) {
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  /** @param {string} start */
  const reachable = (start) => {
    const seen = new Set();
    const waiting = [...(next.get(start) ?? [])];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (!seen.has(one)) {
        seen.add(one);
        waiting.push(...(next.get(one) ?? []));
      }
    }
    return seen;
  };
  const reach = new Map([...next.keys()].map((file) => [file, reachable(file)]));
  const placed = new Set();
  const circles = [];
  for (const [file, all] of reach) {
    if (all.has(file) && !placed.has(file)) {
      const circle = new Set([...all].filter((other) => reach.get(other)?.has(file)));
      for (const one of circle) {
        placed.add(one);
      }
      circles.push(ties.filter(({ from, to }) => circle.has(from) && circle.has(to)));
    }
  }
  return circles;
}
