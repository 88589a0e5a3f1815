// The stage: where each dot stands, and how a moment is drawn on the canvas. It knows nothing of buttons.
// A film holds arms; an arm holds moves (frame, dot, zone), orders (frame, dot), arrivals (frame, inviter, invited),
// counts per frame and zone, and money per frame. Zones: 0 square, 1 shop, 2 active, 3 silent, 4 gone.

const FLIGHT_SECONDS = 0.4;

function numbers(text, width) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return { list: new Int16Array(bytes.buffer), width, length: bytes.length / 2 / width };
}

// Where the dots of one arm are on an evening, and since when: moves are few, so going back starts anew.
class Crowd {
  constructor(arm, people) {
    this.moves = numbers(arm.moves, 3);
    this.orders = byFrame(numbers(arm.orders, 2));
    this.arrivals = byFrame(numbers(arm.arrivals, 3));
    this.zone = new Uint8Array(people);
    this.before = new Uint8Array(people);
    this.since = new Int16Array(people).fill(-9999);
    this.frame = -1;
    this.done = 0;
  }

  seek(frame) {
    if (frame < this.frame) {
      this.zone.fill(0);
      this.before.fill(0);
      this.since.fill(-9999);
      this.done = 0;
    }
    const { list, length } = this.moves;
    while (this.done < length && list[3 * this.done] <= frame) {
      const dot = list[3 * this.done + 1];
      this.before[dot] = this.zone[dot];
      this.zone[dot] = list[3 * this.done + 2];
      this.since[dot] = list[3 * this.done];
      this.done += 1;
    }
    this.frame = frame;
  }
}

function byFrame({ list, width, length }) {
  const found = new Map();
  for (let n = 0; n < length; n += 1) {
    const row = list.subarray(n * width + 1, (n + 1) * width);
    if (!found.has(list[n * width])) found.set(list[n * width], []);
    found.get(list[n * width]).push(row);
  }
  return found;
}

// Boxes of the zones: side by side where there is room, else in two rows.
function layout(width, arms) {
  const wide = width >= 720, pad = 10, gap = 6, head = wide ? 28 : 62, tall = wide ? 108 : 100;
  const rows = wide ? [[[0, 0.26], [1, 0.2], [2, 0.22], [3, 0.16], [4, 0.16]]] : [[[0, 0.55], [1, 0.45]], [[2, 0.38], [3, 0.31], [4, 0.31]]];
  let y = 34;
  const lanes = arms.map(() => {
    const lane = { head: y, zones: [] };
    y += head;
    for (const row of rows) {
      const room = width - 2 * pad - gap * (row.length - 1);
      let x = pad;
      for (const [zone, share] of row) {
        lane.zones[zone] = { x, y, w: room * share, h: tall };
        x += room * share + gap;
      }
      y += tall + gap;
    }
    y += 8;
    return lane;
  });
  const lines = { x: pad, y: y + 18, w: width - 2 * pad, h: 50 };
  return { wide, pad, lanes, lines, height: lines.y + lines.h + 16 };
}

// Dots never sit on each other's label: even points below it, the same for the same dot in every zone.
function place(box, dot, target) {
  const u = (0.5 + dot * 0.7548776662466927) % 1, v = (0.5 + dot * 0.5698402909980532) % 1;
  target.x = box.x + 5 + u * (box.w - 10);
  target.y = box.y + 38 + v * (box.h - 44);
  return target;
}

class Stage {
  constructor(canvas, film, say) {
    Object.assign(this, { canvas, film, say });
    this.crowds = film.arms.map((arm) => new Crowd(arm, film.people));
    this.here = { x: 0, y: 0 };
    this.there = { x: 0, y: 0 };
    const cash = film.arms.flatMap((arm) => arm.cash);
    this.low = Math.min(0, ...cash);
    this.high = Math.max(1, ...cash);
    this.resize();
  }

  resize() {
    const width = Math.max(300, this.canvas.clientWidth || 300), scale = Math.min(window.devicePixelRatio || 1, 2);
    this.plan = layout(width, this.film.arms);
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(this.plan.height * scale);
    this.canvas.style.height = `${this.plan.height}px`;
    this.pen = this.canvas.getContext('2d', { willReadFrequently: true });
    this.pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.scale = scale;
    this.width = width;
    this.font = getComputedStyle(this.canvas).fontFamily;
    this.ground();
  }

  // What never changes is painted once; dots are as large as the crowd on the first morning leaves room for.
  ground() {
    const pen = this.pen, square = this.plan.lanes[0].zones[0];
    pen.fillStyle = '#FFFFFF';
    pen.fillRect(0, 0, this.width, this.plan.height);
    for (const lane of this.plan.lanes) {
      lane.zones.forEach(({ x, y, w, h }, zone) => {
        pen.fillStyle = zone === 4 ? '#F4F4F4' : zone >= 2 ? '#FDF3EB' : '#EEF5FA';
        pen.fillRect(x, y, w, h);
      });
    }
    const room = Math.sqrt(((square.w - 10) * (square.h - 44)) / Math.max(1, this.film.people));
    const size = 9 * this.scale * Math.max(0.55, Math.min(1, room / 5));
    this.dots = new Dots(pen, this.canvas.width, this.canvas.height, size);
  }

  // One moment: `time` in days; while days flow, dots and arcs are under way for `flight` days, else they have arrived.
  draw(time, flight) {
    const day = Math.floor(time + 1e-9);
    this.dots.clear();
    this.crowds.forEach((crowd, n) => this.people(crowd, this.plan.lanes[n], time, flight));
    this.pen.putImageData(this.dots.image, 0, 0);
    this.text(this.say.day(day), this.plan.pad, 21, 16, INK, 700);
    this.text(this.say.sample, this.width - this.plan.pad, 21, 12, FAINT, 400, 'right');
    this.film.arms.forEach((arm, n) => this.lane(arm, n, day, time, flight));
    this.money(day);
    this.happened(day);
  }

  lane(arm, n, day, time, flight) {
    const lane = this.plan.lanes[n], crowd = this.crowds[n];
    this.heading(arm, n, lane, day);
    lane.zones.forEach((box, zone) => this.label(box, zone, arm.counts[day][zone]));
    this.rings(crowd, lane, time, flight);
    this.arcs(crowd, lane, time, flight);
  }

  heading(arm, n, lane, day) {
    const words = this.say.money(arm, day), name = `${'AB'[n] ?? n + 1}  ${arm.name}`;
    this.text(name, this.plan.pad, lane.head + 19, 15, INK, 700);
    if (this.plan.wide) this.text(words.join('   '), this.width - this.plan.pad, lane.head + 19, 13, INK, 400, 'right');
    else {
      this.text(words.slice(0, 2).join('   '), this.plan.pad, lane.head + 37, 12, INK);
      this.text(words.slice(2).join('   '), this.plan.pad, lane.head + 53, 12, INK);
    }
  }

  label({ x, y }, zone, count) {
    this.text(this.say.zones[zone], x + 6, y + 15, 12, zone === 4 ? INK : zone >= 2 ? '#8A3D00' : '#004E7A', 600);
    this.text(this.say.people(count), x + 6, y + 31, 13, INK, 700);
  }

  people(crowd, lane, time, flight) {
    crowd.seek(Math.ceil(time - 1e-9));
    for (let dot = 0; dot < this.film.people; dot += 1) {
      const at = this.position(crowd, lane, dot, time, flight, this.here);
      this.dots.put(crowd.zone[dot], at.x * this.scale, at.y * this.scale);
    }
  }

  position(crowd, lane, dot, time, flight, target) {
    place(lane.zones[crowd.zone[dot]], dot, target);
    const gone = (time - crowd.since[dot] + 1) / (flight || 1);
    if (!flight || gone >= 1) return target;
    const from = place(lane.zones[crowd.before[dot]], dot, this.there), share = gone * gone * (3 - 2 * gone);
    target.x = from.x + (target.x - from.x) * share;
    target.y = from.y + (target.y - from.y) * share;
    return target;
  }

  // Who ordered lately has a ring.
  rings(crowd, lane, time, flight) {
    const pen = this.pen, last = Math.ceil(time - 1e-9), first = last - Math.max(0, Math.ceil(flight) - 1);
    pen.strokeStyle = INK;
    pen.lineWidth = 1.3;
    pen.beginPath();
    for (let frame = first; frame <= last; frame += 1) {
      for (const [dot] of crowd.orders.get(frame) ?? []) {
        const at = this.position(crowd, lane, dot, time, flight, this.here);
        pen.moveTo(at.x + 5.5, at.y);
        pen.arc(at.x, at.y, 5.5, 0, 7);
      }
    }
    pen.stroke();
  }

  // Who was invited lately is tied to the inviter; an inviter who is not drawn stands for others in the pool.
  arcs(crowd, lane, time, flight) {
    const pen = this.pen, last = Math.ceil(time - 1e-9), first = last - Math.max(0, Math.ceil(3 * flight) - 1);
    pen.strokeStyle = PRIVATE;
    for (let frame = first; frame <= last; frame += 1) {
      for (const [inviter, invited] of crowd.arrivals.get(frame) ?? []) {
        const to = { ...this.position(crowd, lane, invited, time, flight, this.here) };
        const from = inviter < 0 ? place(lane.zones[2], invited + 7, this.there) : this.position(crowd, lane, inviter, time, flight, this.here);
        pen.globalAlpha = 1 - (0.8 * (last - frame)) / Math.max(1, 3 * flight);
        pen.lineWidth = 1.6;
        pen.beginPath();
        pen.moveTo(from.x, from.y);
        pen.quadraticCurveTo((from.x + to.x) / 2, Math.min(from.y, to.y) - 34, to.x, to.y);
        pen.stroke();
      }
    }
    pen.globalAlpha = 1;
  }

  // Cash of the arms up to now.
  money(day) {
    const { x, y, w, h } = this.plan.lines, pen = this.pen, span = this.high - this.low || 1;
    const height = (value) => y + h - ((value - this.low) / span) * h, across = (frame) => x + (frame / this.film.days) * w;
    this.text(this.say.cashline, x, y - 5, 12, FAINT);
    pen.strokeStyle = '#BBBBBB';
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x, height(0)); pen.lineTo(x + w, height(0));
    pen.stroke();
    for (const incident of this.film.incidents) {
      pen.beginPath(); pen.setLineDash([3, 3]); pen.strokeStyle = FAINT;
      pen.moveTo(across(incident.day), y); pen.lineTo(across(incident.day), y + h);
      pen.stroke();
    }
    const best = Math.max(...this.film.arms.map((arm) => arm.cash[day]));
    this.film.arms.forEach((arm, n) => {
      pen.strokeStyle = [PUBLIC, PRIVATE][n] ?? INK;
      pen.setLineDash(n ? [6, 3] : []);
      pen.lineWidth = 2;
      pen.beginPath();
      for (let frame = 0; frame <= day; frame += 1) pen.lineTo(across(frame), height(arm.cash[frame]));
      pen.stroke();
      this.text('AB'[n] ?? `${n + 1}`, Math.min(across(day) + 4, x + w - 10), height(arm.cash[day]) + (arm.cash[day] < best || (n && best === this.film.arms[0].cash[day]) ? 11 : -2), 12, pen.strokeStyle, 700);
    });
    pen.setLineDash([]);
  }

  // What happened lately, across the top.
  happened(day) {
    const latest = this.film.incidents.filter((each) => each.day < day && day <= each.day + 25).pop();
    if (!latest) return;
    const words = this.say.incident(latest), room = this.plan.wide ? this.width / 2 : this.width / 2;
    this.text(words, this.plan.wide ? room : this.plan.pad, this.plan.wide ? 21 : this.plan.lines.y + this.plan.lines.h + 7, 14, '#8A4B00', 700, this.plan.wide ? 'center' : 'left');
  }

  text(words, x, y, size, ink, weight = 400, align = 'left') {
    this.pen.font = `${weight} ${size}px ${this.font}`;
    this.pen.fillStyle = ink;
    this.pen.textAlign = align;
    this.pen.fillText(words, x, y);
  }
}
