// The player: buttons, keys and time. Nothing is sent to the server while it plays; only an event that is dropped in is.

const SPEEDS = [1, 2, 5, 10, 20];

class Player {
  constructor(root) {
    this.root = root;
    this.part = (selector) => root.querySelector(selector);
    this.time = 0;
    this.speed = 5;
    this.playing = false;
    this.calm = window.matchMedia('(prefers-reduced-motion: reduce)');
    this.part('.play').onclick = () => this.toggle();
    this.part('.back').onclick = () => this.step(-1);
    this.part('.next').onclick = () => this.step(1);
    this.part('.scrub').oninput = (event) => this.go(Number(event.target.value));
    this.part('.speed select').onchange = (event) => { this.speed = Number(event.target.value); };
    this.part('.player').onkeydown = (event) => this.key(event);
    this.part('.drop button').onclick = () => this.drop();
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this.part('canvas'));
  }

  // A new film starts at its first day, unless it is the old one with something dropped in: that goes on where it was.
  show(data, send) {
    this.send = send;
    const same = this.film && this.film.id === data.id, goes_on = this.film && this.film.world === data.world;
    if (!same) this.playing = false;
    this.film = data;
    this.words = data.words;
    this.locale = data.locale;
    this.label();
    this.stage = new Stage(this.part('canvas'), data, this.sayings());
    if (!goes_on) this.time = 0;
    this.time = Math.min(this.time, this.last());
    this.paint();
    if (this.playing) this.run();
  }

  last() { return this.film.locked ? 0 : this.film.days; }

  label() {
    const { words, film } = this, select = this.part('.drop select'), chosen = select.value;
    this.part('.back span').textContent = words.back;
    this.part('.next span').textContent = words.next;
    this.part('.speed span').textContent = words.speed;
    fill(this.part('.speed select'), SPEEDS.map((speed) => [speed, words.a_second.replace('{days}', speed)]), this.speed);
    this.part('.scrub').max = film.days;
    this.part('.scrub').setAttribute('aria-label', words.scrub);
    this.part('.keys').textContent = words.keys;
    this.part('.locked').textContent = words.locked;
    this.part('.locked').hidden = !film.locked;
    this.part('summary').textContent = words.numbers;
    this.part('.scroll').setAttribute('aria-label', words.numbers);
    this.part('.drop').hidden = !film.choices.length || film.locked;
    this.part('.drop span').textContent = words.drop;
    this.part('.drop button').textContent = words.drop_in;
    fill(select, film.choices, chosen || film.choices[0]?.[0]);
    for (const name of ['.play', '.back', '.next', '.scrub', '.speed select']) this.part(name).disabled = film.locked;
  }

  // How the stage says things: numbers as the language writes them.
  sayings() {
    const whole = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 0 });
    const price = new Intl.NumberFormat(this.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const { words, film } = this;
    return {
      day: (day) => words.day.replace('{day}', day).replace('{days}', film.days),
      sample: words.sample,
      zones: words.zones,
      people: (count) => whole.format(count),
      cashline: words.cashline,
      incident: (each) => words.happened.replace('{day}', each.day + 1).replace('{what}', each.label),
      money: (arm, day) => [
        words.cash.replace('{yuan}', whole.format(arm.cash[day])), words.spent.replace('{yuan}', whole.format(arm.spent[day])),
        words.orders.replace('{count}', whole.format(arm.ordered[day])), words.click.replace('{yuan}', price.format(arm.click[day])),
      ],
    };
  }

  toggle() {
    if (this.film.locked) return;
    if (this.playing) this.pause();
    else {
      if (this.time >= this.last()) this.time = 0;
      this.playing = true;
      this.run();
      this.paint();
    }
  }

  // Pausing ends the day that is being lived, so that dots and counts agree.
  pause() {
    this.playing = false;
    cancelAnimationFrame(this.due);
    this.go(Math.ceil(this.time - 1e-9));
  }

  step(days) {
    if (this.playing) this.pause();
    this.go(Math.round(this.time) + days);
  }

  go(day) {
    if (this.playing) { this.playing = false; cancelAnimationFrame(this.due); }
    this.time = Math.max(0, Math.min(day, this.last()));
    this.paint();
  }

  run() {
    cancelAnimationFrame(this.due);
    let before = performance.now();
    const tick = (now) => {
      if (!this.playing) return;
      this.time = Math.min(this.last(), this.time + Math.max(0, Math.min((now - before) / 1000, 0.25)) * this.speed);
      before = now;
      if (this.time >= this.last()) this.pause();
      else {
        this.paint();
        this.due = requestAnimationFrame(tick);
      }
    };
    this.due = requestAnimationFrame(tick);
  }

  paint() {
    const calm = this.calm.matches, time = calm ? Math.floor(this.time + 1e-9) : this.time;
    this.stage.draw(time, this.playing && !calm ? Math.max(1, FLIGHT_SECONDS * this.speed) : 0);
    const day = Math.floor(this.time + 1e-9);
    if (day === this.shown && this.playing === this.shown_playing && this.film.id === this.shown_film) return;
    Object.assign(this, { shown: day, shown_playing: this.playing, shown_film: this.film.id });
    this.tell(day);
  }

  // What the canvas shows, for those who do not see it, and for whoever looks from outside.
  tell(day) {
    const { words, film, part } = this, said = this.stage.say;
    part('.player').dataset.day = day;
    part('.player').dataset.playing = this.playing;
    part('.scrub').value = day;
    part('.scrub').setAttribute('aria-valuetext', said.day(day));
    part('.play span').textContent = this.playing ? words.pause : words.play;
    part('.play .shape').setAttribute('d', this.playing ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3 2l11 6-11 6z');
    const lines = film.arms.map((arm) => `${arm.name}: ${film.words.zones.map((zone, n) => `${zone} ${said.people(arm.counts[day][n])}`).join(', ')}; ${said.money(arm, day).join(', ')}`);
    part('canvas').setAttribute('aria-label', `${words.canvas} ${said.day(day)}. ${lines.join('. ')}.`);
    if (!this.playing) part('.spoken').textContent = `${said.day(day)}. ${lines.join('. ')}.`;
    this.table(day, said);
  }

  table(day, said) {
    const { words, film } = this, table = this.part('table');
    const rows = [[said.day(day), ...film.arms.map((arm) => arm.name)]];
    words.zones.forEach((zone, n) => rows.push([zone, ...film.arms.map((arm) => said.people(arm.counts[day][n]))]));
    rows.push([words.cash_row, ...film.arms.map((arm) => said.people(arm.cash[day]))]);
    rows.push([words.orders_row, ...film.arms.map((arm) => said.people(arm.ordered[day]))]);
    table.replaceChildren(...rows.map((row, n) => {
      const line = document.createElement('tr');
      line.append(...row.map((words, m) => {
        const cell = document.createElement(n && m ? 'td' : 'th');
        cell.textContent = words;
        cell.scope = n ? 'row' : 'col';
        if (n && m) cell.removeAttribute('scope');
        return cell;
      }));
      return line;
    }));
  }

  // Space plays and pauses, arrows step; a list and the buttons keep their own keys.
  key(event) {
    const on = event.target.tagName;
    if (on === 'SELECT' || on === 'SUMMARY' || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ' && on !== 'BUTTON') this.toggle();
    else if (event.key === 'ArrowRight') this.step(1);
    else if (event.key === 'ArrowLeft') this.step(-1);
    else if (event.key === 'Home') this.go(0);
    else if (event.key === 'End') this.go(this.last());
    else return;
    event.preventDefault();
  }

  drop() {
    if (this.playing) this.pause();
    this.send('dropped', { name: this.part('.drop select').value, day: Math.min(Math.round(this.time), this.film.days - 1) });
  }

  resized() {
    if (!this.stage || this.part('canvas').clientWidth === this.seen) return;
    this.seen = this.part('canvas').clientWidth;
    this.stage.resize();
    this.paint();
  }

  leave() {
    cancelAnimationFrame(this.due);
  }
}

function fill(select, choices, chosen) {
  select.replaceChildren(...choices.map(([value, words]) => new Option(words, value)));
  select.value = chosen;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  parentElement.player ??= new Player(parentElement);
  parentElement.player.show(data, setTriggerValue);
  return () => parentElement.player.leave();
}
