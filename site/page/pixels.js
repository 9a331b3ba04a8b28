// What the program asks to have done with pixels: a byte a channel, row by row, in plain arrays.

const SPREAD = 12; // pixels: a logo is shrunk that much on a screen
const COLORS = 12;
const PAPER = 255; // level

/**
 * Puts the luminance of each pixel of RGB into an array.
 * @template {Uint8Array | Float32Array} T
 * @param {Uint8Array} rgb @param {T} greys
 */
function greyed(rgb, greys) {
  for (let pixel = 0, at = 0; pixel < greys.length; pixel++, at += 3)
    greys[pixel] = (rgb[at] * 19595 + rgb[at + 1] * 38470 + rgb[at + 2] * 7471 + 0x8000) >> 16;
  return greys;
}

/**
 * Runs something on the bytes that Python hands over.
 * @template T
 * @param {any} bytes
 * @param {(data: Uint8Array) => T} work
 */
export function read(bytes, work) {
  const buffer = bytes.getBuffer("u8");
  try {
    return work(buffer.data);
  } finally {
    buffer.release();
  }
}

/**
 * Returns RGBA without its transparency; clear pixels have the mean colour of those around them.
 * @param {Uint8Array} rgba @param {number} width @param {number} height @param {boolean} gray
 */
function flatten(rgba, width, height, gray) {
  const colors = new Uint8Array(width * height * 3);
  const around = rgba.some((value, index) => index % 4 === 3 && value === 0) ? blurred(rgba, width, height) : null;
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const source = around && rgba[from + 3] === 0 ? around : rgba;
    for (let channel = 0; channel < 3; channel++) colors[to + channel] = source[from + channel];
  }
  return gray ? greyed(colors, new Uint8Array(width * height)) : colors;
}

/**
 * Returns the mean of the visible pixels around each one.
 * @param {Uint8Array} rgba @param {number} width @param {number} height
 */
function blurred(rgba, width, height) {
  const weighted = new Float32Array(rgba.length);
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] / 255;
    for (let channel = 0; channel < 3; channel++) weighted[at + channel] = rgba[at + channel] * alpha;
    weighted[at + 3] = alpha;
  }
  const across = slid(weighted, width, height, 4, 4 * width);
  const both = slid(across, height, width, 4 * width, 4);
  const found = new Uint8Array(rgba.length);
  for (let at = 0; at < rgba.length; at += 4)
    for (let channel = 0; channel < 3; channel++)
      found[at + channel] = both[at + 3] > 1e-6 ? Math.round(both[at + channel] / both[at + 3]) : 0;
  return found;
}

/**
 * Returns sums over a window that slides along each line of four channels.
 * @param {Float32Array} values @param {number} length @param {number} lines @param {number} step @param {number} next
 */
function slid(values, length, lines, step, next) {
  const found = new Float32Array(values.length);
  for (let line = 0; line < lines; line++)
    for (let channel = 0; channel < 4; channel++) {
      const start = line * next + channel;
      let sum = 0;
      for (let at = -SPREAD; at < length + SPREAD; at++) {
        if (at + SPREAD < length) sum += values[start + (at + SPREAD) * step];
        if (at - SPREAD > 0) sum -= values[start + (at - SPREAD - 1) * step];
        if (at >= 0 && at < length) found[start + at * step] = sum;
      }
    }
  return found;
}

/**
 * Returns RGBA in another size; each pixel is the mean of those in its place, by how much of them is seen.
 * @param {Uint8Array} rgba @param {number} width @param {number} height @param {number} toWidth @param {number} toHeight
 */
function shrink(rgba, width, height, toWidth, toHeight) {
  const found = new Uint8Array(toWidth * toHeight * 4);
  for (let y = 0; y < toHeight; y++) {
    const top = Math.floor((y * height) / toHeight);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / toHeight));
    for (let x = 0; x < toWidth; x++) {
      const left = Math.floor((x * width) / toWidth);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / toWidth));
      const sums = [0, 0, 0, 0];
      for (let row = top; row < bottom; row++)
        for (let column = left; column < right; column++) {
          const at = 4 * (row * width + column);
          const alpha = rgba[at + 3];
          for (let channel = 0; channel < 3; channel++) sums[channel] += rgba[at + channel] * alpha;
          sums[3] += alpha;
        }
      const to = 4 * (y * toWidth + x);
      for (let channel = 0; channel < 3; channel++)
        found[to + channel] = sums[3] ? Math.round(sums[channel] / sums[3]) : 0;
      found[to + 3] = Math.round(sums[3] / ((bottom - top) * (right - left)));
    }
  }
  return found;
}

/**
 * Returns the few colours of a picture on white, the most frequent first: those of its fullest boxes of equal colours.
 * @param {Uint8Array} rgba
 */
function mainColors(rgba) {
  /** @type {Map<number, number[]>} */
  const boxes = new Map();
  const every = Math.max(1, Math.floor(rgba.length / 4 / 20_000)); // as many pixels show the colours of a logo
  for (let at = 0; at < rgba.length; at += 4 * every) {
    const alpha = rgba[at + 3] / 255;
    const [red, green, blue] = [0, 1, 2].map((channel) => Math.round(rgba[at + channel] * alpha + 255 * (1 - alpha)));
    const box = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
    const sums = boxes.get(box) ?? [0, 0, 0, 0];
    boxes.set(box, [sums[0] + 1, sums[1] + red, sums[2] + green, sums[3] + blue]);
  }
  const fullest = [...boxes.values()].sort((one, other) => other[0] - one[0]).slice(0, COLORS);
  return new Uint8Array(fullest.flatMap(([count, ...sums]) => sums.map((sum) => Math.round(sum / count))));
}

/**
 * Returns RGB as a worn photocopier gives it back, one copy of the other, grey.
 * @param {Uint8Array} rgb @param {number} width @param {number} height
 * @param {string} told what the copier does, in numbers (leaflet/files/raster.py)
 */
function photocopy(rgb, width, height, told) {
  const { blur, tilts, levels, tones, grain, side, tile } = JSON.parse(told);
  const weights = bell(blur);
  let copy = greyed(rgb, new Float32Array(width * height));
  for (const degrees of tilts) {
    copy = softened(softened(copy, weights, width, height, 1, width), weights, height, width, width, 1);
    copy = tilted(copy, width, height, degrees);
    for (let y = 0, pixel = 0; y < height; y++)
      for (let x = 0; x < width; x++, pixel++) {
        const level = levels[Math.round(copy[pixel])] + tile[(y % side) * side + (x % side)] - grain;
        copy[pixel] = Math.min(Math.max(level, 0), PAPER);
      }
  }
  return Uint8Array.from(copy, (level) => tones[level]);
}

/** @param {number} deviation @returns {number[]} weights of a pixel and of those beside it, together one */
function bell(deviation) {
  const reach = Math.max(1, Math.ceil(3 * deviation));
  const found = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-(((at - reach) / deviation) ** 2) / 2));
  const sum = found.reduce((one, other) => one + other, 0);
  return found.map((weight) => weight / sum);
}

/**
 * @param {Float32Array} values @param {number[]} weights
 * @param {number} length @param {number} lines @param {number} step @param {number} next
 */
function softened(values, weights, length, lines, step, next) {
  const found = new Float32Array(values.length);
  const reach = weights.length >> 1;
  for (let line = 0; line < lines; line++) {
    const start = line * next;
    for (let at = 0; at < length; at++) {
      let sum = 0;
      for (let beside = -reach; beside <= reach; beside++) {
        const within = Math.min(Math.max(at + beside, 0), length - 1);
        sum += weights[beside + reach] * values[start + within * step];
      }
      found[start + at * step] = sum;
    }
  }
  return found;
}

/**
 * Turns a picture about its middle, counterclockwise; what comes in from outside is paper.
 * @param {Float32Array} values @param {number} width @param {number} height @param {number} degrees
 */
function tilted(values, width, height, degrees) {
  const found = new Float32Array(values.length);
  const [cosine, sine] = [Math.cos, Math.sin].map((of) => of((degrees * Math.PI) / 180));
  const at = (/** @type {number} */ x, /** @type {number} */ y) =>
    x < 0 || y < 0 || x >= width || y >= height ? PAPER : values[y * width + x];
  for (let y = 0, pixel = 0; y < height; y++)
    for (let x = 0; x < width; x++, pixel++) {
      const across = x + 0.5 - width / 2;
      const down = y + 0.5 - height / 2;
      const left = cosine * across - sine * down + width / 2 - 0.5;
      const top = sine * across + cosine * down + height / 2 - 0.5;
      const [column, row] = [Math.floor(left), Math.floor(top)];
      const [right, below] = [left - column, top - row];
      const above = at(column, row) * (1 - right) + at(column + 1, row) * right;
      const under = at(column, row + 1) * (1 - right) + at(column + 1, row + 1) * right;
      found[pixel] = above * (1 - below) + under * below;
    }
  return found;
}

/** The functions as Python calls them. */
export const pixels = Object.fromEntries(
  Object.entries({ flatten, shrink, mainColors, photocopy }).map(([name, work]) => [
    name,
    (/** @type {any} */ bytes, /** @type {any[]} */ ...rest) =>
      read(bytes, (data) => /** @type {any} */ (work)(data, ...rest)),
  ]),
);
