// Dots as pixels: thousands of small shapes are stamped into one image, which is many times faster than drawing each.

const PUBLIC = '#0072B2', PRIVATE = '#D55E00', GREY = '#6B6B6B', INK = '#222222', FAINT = '#5A5A5A';
const INKS = [PUBLIC, PUBLIC, PRIVATE, PRIVATE, GREY];

// Shapes by zone, in a box of 9 by 9: colour alone would not tell them apart.
const SHAPES = [
  (c) => { c.beginPath(); c.arc(4.5, 4.5, 2.6, 0, 7); c.fill(); },
  (c) => { c.beginPath(); c.arc(4.5, 4.5, 2.9, 0, 7); c.fill(); },
  (c) => { diamond(c); c.fill(); },
  (c) => { diamond(c); c.lineWidth = 1.2; c.stroke(); },
  (c) => { c.lineWidth = 1.4; c.beginPath(); c.moveTo(2.2, 2.2); c.lineTo(6.8, 6.8); c.moveTo(6.8, 2.2); c.lineTo(2.2, 6.8); c.stroke(); },
];

function diamond(c) {
  c.beginPath();
  c.moveTo(4.5, 0.9); c.lineTo(8.1, 4.5); c.lineTo(4.5, 8.1); c.lineTo(0.9, 4.5); c.closePath();
}

// The pixels of a shape: where they lie from its centre, their colour, and how much of each it covers, 0 to 256.
function stamp(draw, ink, size, width) {
  const side = Math.ceil(size), small = document.createElement('canvas');
  small.width = small.height = side;
  const c = small.getContext('2d', { willReadFrequently: true });
  c.scale(side / 9, side / 9);
  c.fillStyle = c.strokeStyle = ink;
  draw(c);
  const seen = c.getImageData(0, 0, side, side).data, half = side >> 1, offsets = [], covers = [];
  for (let n = 0; n < side * side; n += 1) {
    if (seen[4 * n + 3] < 24) continue;
    offsets.push(((n / side | 0) - half) * width + (n % side) - half);
    covers.push(Math.round((seen[4 * n + 3] * 256) / 255));
  }
  return { offsets: Int32Array.from(offsets), covers: Uint16Array.from(covers), ink: parseInt(ink.slice(1), 16) };
}

class Dots {
  // `size` is the side of a dot's box in pixels of the screen, `ground` the picture that lies below all dots.
  constructor(pen, width, height, size) {
    this.image = pen.getImageData(0, 0, width, height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.ground = this.pixels.slice();
    this.width = width;
    this.stamps = SHAPES.map((draw, zone) => stamp(draw, INKS[zone], size, width));
  }

  clear() { this.pixels.set(this.ground); }

  put(zone, x, y) {
    const { offsets, covers, ink } = this.stamps[zone], pixels = this.pixels, at = Math.round(y) * this.width + Math.round(x);
    const red = ink >> 16, green = (ink >> 8) & 255, blue = ink & 255;
    for (let n = 0; n < offsets.length; n += 1) {
      const place = at + offsets[n], old = pixels[place], new_ = covers[n], rest = 256 - new_;
      const r = (red * new_ + (old & 255) * rest) >> 8, g = (green * new_ + ((old >> 8) & 255) * rest) >> 8;
      pixels[place] = 0xFF000000 | (((blue * new_ + ((old >> 16) & 255) * rest) >> 8) << 16) | (g << 8) | r;
    }
  }
}
