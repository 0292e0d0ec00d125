'use strict';
// One stream in, one page out. Data only ever becomes text (textContent); rows are kept by key, so that focus and selection survive the next second.

// Not relative: a page opened as https://user:password@hub/ may not make relative requests.
const api = path => location.origin + location.pathname.replace(/[^/]*$/, '') + 'api/v1/' + path;
const byId = id => document.getElementById(id);
const STALE_AFTER_MS = 5000;
const SLOW_AFTER_SECONDS = 60;
const POINTS = 60;

const LANE_LOOK = { RUNNING: 'good', PAUSED: 'warn', WAITING_FOR_PARTNER: 'bad', STOPPED: 'bad' };
const CDR_LOOK = { READY: 'good', SENDING: 'good', HELD: 'warn', IN_DOUBT: 'bad', REJECTED: 'bad' };
const PARTNER_LOOK = { REGISTERED: 'good', PLANNED: 'warn', UNREGISTERED: 'bad', OFFLINE: 'bad' };
const NEEDS_PERSON = ['HELD', 'IN_DOUBT', 'REJECTED'];
const CDR_ADVICE = {
  IN_DOUBT: 'Ask the eMSP whether it has the CDR, then decide below: it is there, or send it again.',
  REJECTED: 'Read the reason below. When the cause is removed, send it again; or mark it as delivered when the eMSP has booked it.',
  HELD: 'Look at the session and its flags, then release it with "Send".',
};
const MISSING_ADVICE = {
  STATION: 'No EVSE names this charger. PUT the Location whose EVSE carries "ocpp": {"station": …} with this name, or correct the name in it.',
  TOKEN: 'No eMSP has told the hub this token. Ask the eMSP to push it, or check whether the card belongs to a partner at all.',
  TARIFF: 'The connector names a tariff the hub does not have. PUT the tariff, or correct tariff_ids in the Location.',
};

// ---- words

function ago(seconds) {
  if (seconds < 1) return 'now';
  if (seconds < 90) return Math.round(seconds) + ' s';
  if (seconds < 5400) return Math.round(seconds / 60) + ' min';
  if (seconds < 129600) return Math.round(seconds / 3600) + ' h';
  return Math.round(seconds / 86400) + ' d';
}

let now = Date.now();
const secondsSince = time => time ? Math.max(0, (now - Date.parse(time)) / 1000) : null;
const since = time => time ? ago(secondsSince(time)) : '–';
const until = time => { const s = (Date.parse(time) - now) / 1000; return s <= 1 ? 'now' : 'in ' + ago(s); };
const local = time => time ? new Date(time).toLocaleString() : '';
const count = (number, one, many) => number.toLocaleString('en') + ' ' + (number === 1 ? one : many);
const words = state => state.toLowerCase().replaceAll('_', ' ');

// ---- the page's building blocks

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function setText(node, text) {
  const wanted = text === null || text === undefined ? '' : String(text);
  if (node.textContent !== wanted) node.textContent = wanted;
}

function button(label, title, action) {
  const made = element('button', '', label);
  made.type = 'button';
  made.title = title;
  made.addEventListener('click', () => action(made));
  return made;
}

/** Brings the children of a parent in line with items: one child per key, made once, updated every time, in the order of the items. */
function sync(parent, items, keyOf, make, update) {
  const old = new Map([...parent.children].map(child => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = String(keyOf(item));
    let child = old.get(key);
    if (!child) {
      child = make(item);
      child.dataset.key = key;
    }
    old.delete(key);
    child.item = item;
    update(child, item);
    if (child !== place) parent.insertBefore(child, place);
    else place = place.nextElementSibling;
  }
  old.forEach(child => child.remove());
}

/** A cell is a text, or {text, look, title, strong, quiet}; the last cell of a row may be buttons, made once. */
function fill(row, cells, labels) {
  cells.forEach((cell, index) => {
    const content = typeof cell === 'object' && cell !== null ? cell : { text: cell };
    let td = row.children[index];
    if (!td) {
      td = element('td');
      td.dataset.label = labels[index].textContent;
      if (labels[index].classList.contains('number')) td.classList.add('number');
      td.append(element('span'));
      row.append(td);
    }
    const span = td.firstElementChild;
    setText(span, content.text);
    span.className = content.look !== undefined ? 'state ' + content.look : content.strong ? 'name' : content.quiet ? 'quiet' : '';
    span.title = content.title || '';
    td.classList.toggle('blank', !content.text);
  });
}

function table(id, items, keyOf, cells, actions) {
  const view = byId(id);
  show(view, items, keyOf, cells, actions);
  view.hidden = items.length === 0;
  byId(id + '-empty').hidden = items.length > 0;
}

function show(view, items, keyOf, cells, actions) {
  const labels = view.tHead.rows[0].cells;
  sync(view.tBodies[0], items, keyOf, () => element('tr'), (row, item) => {
    fill(row, cells(item), labels);
    if (actions && row.children.length < labels.length) {
      const td = element('td');
      td.dataset.label = 'Action';
      const buttons = element('div', 'buttons');
      buttons.append(...actions(row));
      td.append(buttons);
      row.append(td);
    }
    if (actions) row.lastElementChild.classList.toggle('blank', row.lastElementChild.querySelectorAll('button:not([hidden])').length === 0);
  });
}

// ---- acting

function answer(text, bad) {
  const line = byId('answer');
  line.hidden = false;
  line.classList.toggle('bad', Boolean(bad));
  setText(line, text);
}

async function post(path, body, done, pressed) {
  if (pressed) pressed.disabled = true;
  try {
    const response = await fetch(api(path), {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body || {}),
    });
    const result = await response.json().catch(() => ({}));
    answer(response.ok ? done(result) : (result.title || 'Refused') + ': ' + (result.detail || 'HTTP ' + response.status), !response.ok);
  } catch (error) {
    answer('The hub did not answer. Is it running?', true);
  } finally {
    if (pressed) pressed.disabled = false;
  }
}

function decide(cdr, decision, label) {
  setText(byId('decide-title'), label + ': CDR ' + cdr.id);
  setText(byId('decide-text'), decision === 'READY'
    ? 'The CDR will be sent to ' + cdr.emsp + '. If the eMSP has it already, it may be booked twice.'
    : 'The hub will not send it any more and counts it as delivered to ' + cdr.emsp + '.');
  setText(byId('decide-yes'), label);
  byId('decide-reason').value = '';
  byId('decide-yes').onclick = () => {
    const reason = byId('decide-reason').value.trim();
    if (!reason) { byId('decide-reason').focus(); return; }
    byId('decide').close();
    post('cdrs/' + encodeURIComponent(cdr.cpo) + '/' + encodeURIComponent(cdr.id) + '/resolve', { decision, reason },
      result => 'CDR ' + result.id + ' is now ' + result.state + '.');
  };
  byId('decide').showModal();
}

const onLane = (row, what, done) => pressed => post('lanes/' + row.item.id + '/' + what, {}, () => done, pressed);

// ---- what needs attention: what, since when, whose, what now

function partnerIssues(partner, heldNewest) {
  const issues = [];
  const add = (rank, what, seconds, whose, next) => issues.push({ key: partner.partner + ' ' + what.split(':')[0], rank, what, seconds, whose, next });
  if (partner.kind === 'ocpi' && partner.state !== 'REGISTERED') {
    add(2, partner.name + ': not registered', null, 'partner and you',
      'Agree with the partner who starts. They: give them the versions URL and their TOKEN_A. We: use "Register".');
    return issues;
  }
  const by = state => partner.lanes.filter(lane => lane.state === state);
  const lag = lanes => lanes.reduce((sum, lane) => sum + lane.lag_objects, 0);
  const oldest = lanes => Math.max(...lanes.map(lane => lane.lag_seconds));
  const error = lanes => (lanes.find(lane => lane.last_error) || {}).last_error || 'no reason given';
  const waiting = by('WAITING_FOR_PARTNER');
  if (waiting.length) {
    add(4, `${partner.name}: away or failing, ${count(waiting.length, 'lane waits', 'lanes wait')} with ${count(lag(waiting), 'object', 'objects')} (${error(waiting)})`,
      oldest(waiting), partner.name, 'The hub tries again at least once a minute and loses nothing. If it lasts, call the partner.');
  }
  const stopped = by('STOPPED');
  if (stopped.length) {
    add(5, `${partner.name}: ${count(stopped.length, 'lane is', 'lanes are')} stopped (${error(stopped)})`, oldest(stopped), partner.name + ' or you',
      'If our token is refused: agree on new ones with "Rotate token", or let the partner register again. Then resume.');
  }
  const paused = by('PAUSED');
  if (paused.length) {
    add(2, `${partner.name}: ${count(paused.length, 'lane is', 'lanes are')} paused with ${count(lag(paused), 'object', 'objects')} waiting`, oldest(paused), 'you', 'Resume when the reason is gone.');
  }
  const slow = by('RUNNING').filter(lane => lane.lag_seconds > SLOW_AFTER_SECONDS);
  if (slow.length) {
    add(3, `${partner.name}: ${count(lag(slow), 'object is', 'objects are')} late on ${count(slow.length, 'lane', 'lanes')}`, oldest(slow), partner.name + ' or the hub',
      'Catching up, if the number falls. If not: look at the partner\u2019s answer times, max_in_flight and rate_per_second.');
  }
  const held = partner.lanes.reduce((sum, lane) => sum + lane.held, 0);
  if (held) {
    const lanes = partner.lanes.filter(lane => lane.held);
    const shown = heldNewest.filter(item => item.partner === partner.partner);
    const seconds = shown.length ? Math.max(...shown.map(item => secondsSince(item.since))) : null;
    add(3, `${partner.name}: refuses ${count(held, 'object', 'objects')} (${shown.length ? shown[0].reason : error(lanes)})`, seconds, 'partner, or the data of ' + lanes[0].owner,
      'Read the reasons below. Correct the data at its source, or ask the partner; then retry.');
  }
  return issues;
}

function allIssues(snapshot) {
  const issues = snapshot.partners.flatMap(partner => partnerIssues(partner, snapshot.held.newest));
  for (const state of ['IN_DOUBT', 'REJECTED', 'HELD']) {
    const number = snapshot.cdrs.undelivered[state] || 0;
    if (number) {
      const newest = snapshot.cdrs.newest.filter(cdr => cdr.state === state);
      const whose = { IN_DOUBT: 'you, with the eMSP', REJECTED: 'eMSP', HELD: 'you' }[state];
      issues.push({ key: 'cdr ' + state, rank: state === 'HELD' ? 4 : 6, what: `${count(number, 'CDR is', 'CDRs are')} ${words(state)}`,
        seconds: newest.length ? Math.max(...newest.map(cdr => secondsSince(cdr.since))) : null, whose, next: CDR_ADVICE[state] });
    }
  }
  const unsent = (snapshot.cdrs.undelivered.READY || 0) + (snapshot.cdrs.undelivered.SENDING || 0);
  const late = snapshot.cdrs.newest.filter(cdr => cdr.state === 'READY' && cdr.attempts > 0);
  if (unsent && late.length) {
    issues.push({ key: 'cdr waiting', rank: 4, what: `${count(unsent, 'CDR waits', 'CDRs wait')} to be sent to ${[...new Set(late.map(cdr => cdr.emsp))].join(', ')}`,
      seconds: Math.max(...late.map(cdr => secondsSince(cdr.created_at))), whose: 'eMSP', next: 'The hub tries again by itself. If it lasts, call the eMSP: this is its money too.' });
  }
  if (snapshot.unresolved.total) {
    const oldest = Math.max(...snapshot.unresolved.newest.map(item => secondsSince(item.since)));
    issues.push({ key: 'unresolved', rank: 3, what: `Events wait for ${count(snapshot.unresolved.total, 'missing reference', 'missing references')}`, seconds: oldest,
      whose: 'CPO or eMSP', next: 'See "Unresolved references" below for each.' });
  }
  return issues.sort((left, right) => right.rank - left.rank || (right.seconds || 0) - (left.seconds || 0));
}

// ---- sections

function showIssues(issues) {
  table('issues', issues, issue => issue.key, issue => [
    { text: issue.what, strong: true }, issue.seconds === null ? '–' : ago(issue.seconds), issue.whose, issue.next]);
  setText(byId('attention-count'), issues.length || '');
}

function overall(text, look) {
  setText(byId('overall'), text);
  byId('overall').className = 'overall ' + look;
  document.title = (look === 'good' ? '' : '\u25cf ') + 'Roaming hub';
}

function makePartner(partner) {
  const box = element('div', 'partner');
  const head = element('div', 'partner-head');
  const buttons = element('div', 'buttons');
  const name = () => box.item.partner;
  const act = (what, done) => pressed => post('partners/' + encodeURIComponent(name()) + '/' + what, {}, done, pressed);
  if (partner.kind === 'ocpi') {
    const register = button('Register', 'Start the registration with this partner', act('register', () => name() + ' is registered.'));
    const rotate = button('Rotate token', 'Agree on new tokens in both directions', act('rotate-token', () => name() + ' has new tokens.'));
    const pause = button('Pause all', 'Send nothing to this partner until resumed', act('pause', result => count(result.lanes, 'lane', 'lanes') + ' of ' + name() + ' paused.'));
    const resume = button('Resume all', 'Let all lanes of this partner go on', act('resume', result => count(result.lanes, 'lane', 'lanes') + ' of ' + name() + ' resumed.'));
    buttons.append(register, rotate, pause, resume);
    Object.assign(box, { register, rotate, pause, resume });
  }
  head.append(element('h3'), element('span', 'state'), element('span', 'quiet'), buttons);
  const lanes = element('table');
  lanes.append(element('caption', 'hidden'));
  const header = lanes.createTHead().insertRow();
  for (const [label, className] of [['Lane', ''], ['State', ''], ['Behind', 'number'], ['Oldest waits', 'number'], ['Held', 'number'], ['Last success', ''], ['Last error', ''], ['Action', '']]) {
    const cell = element('th', className, label);
    cell.scope = 'col';
    header.append(cell);
  }
  lanes.append(element('tbody'));
  box.append(head, lanes);
  return box;
}

function pullNotes(pulls) {
  const running = pulls.filter(pull => pull.running).map(pull => `${pull.module} of ${pull.party} (${count(pull.objects, 'object', 'objects')} so far)`);
  const failed = pulls.filter(pull => !pull.running).map(pull => `${pull.module} of ${pull.party} (${pull.last_error || 'no reason'})`);
  return (running.length ? ' \u00b7 pulling ' + running.join(', ') : '') + (failed.length ? ' \u00b7 could not pull ' + failed.join(', ') : '');
}

function updatePartner(box, partner) {
  const [title, state, note] = box.firstElementChild.children;
  setText(title, partner.name);
  const shown = partner.state === 'REGISTERED' && partner.status === 'OFFLINE' ? 'OFFLINE' : partner.state;
  setText(state, partner.kind === 'backend' ? 'backend' : words(shown));
  state.className = 'state ' + (partner.kind === 'backend' ? '' : PARTNER_LOOK[shown] || '');
  const lanes = partner.lanes;
  setText(note, partner.kind === 'backend' ? partner.partner + ' \u00b7 sends events, needs no lanes'
    : partner.partner + ' \u00b7 ' + (lanes.length < partner.lanes_total ? `the ${lanes.length} worst of ${count(partner.lanes_total, 'lane', 'lanes')}` : count(partner.lanes_total, 'lane', 'lanes')) + pullNotes(partner.pulls));
  if (partner.kind === 'ocpi') {
    const registered = partner.state === 'REGISTERED';
    box.register.hidden = registered;
    box.rotate.hidden = !registered;
    box.pause.hidden = !registered || lanes.length === 0 || lanes.every(lane => lane.state === 'PAUSED');
    box.resume.hidden = !lanes.some(lane => lane.state === 'PAUSED');
  }
  const view = box.lastElementChild;
  view.hidden = lanes.length === 0;
  setText(view.caption, 'Lanes to ' + partner.name + ', worst first');
  // In a fixed order, so that nothing jumps under the pointer; the worst 50 are chosen by the hub.
  const fixed = [...lanes].sort((left, right) => left.owner.localeCompare(right.owner) || left.module.localeCompare(right.module) || left.id - right.id);
  show(view, fixed, lane => lane.id, lane => [
    { text: lane.module + ' of ' + lane.owner, strong: true, title: 'lane ' + lane.id + ' to ' + lane.receiver },
    { text: words(lane.state), look: LANE_LOOK[lane.state] || '' },
    lane.lag_objects ? count(lane.lag_objects, 'object', 'objects') + (lane.lag_capped ? ' or more' : '') : '0',
    lane.lag_objects ? ago(lane.lag_seconds) : '–',
    lane.held ? lane.held.toLocaleString('en') : '0',
    { text: since(lane.last_success_at), title: local(lane.last_success_at) },
    { text: lane.last_error || '', title: lane.last_error_at ? 'at ' + local(lane.last_error_at) : '', quiet: true },
  ], row => {
    const pause = button('Pause', 'Send nothing more on this lane; nothing is lost', onLane(row, 'pause', 'Lane paused.'));
    const resume = button('Resume', 'Let this lane go on where it stands', onLane(row, 'resume', 'Lane resumed.'));
    const resync = button('Resync', 'Send every object of this lane again, once', pressed => {
      if (window.confirm('Send all ' + row.item.module + ' of ' + row.item.owner + ' to ' + row.item.partner + ' again?')) onLane(row, 'resync', 'The lane starts over.')(pressed);
    });
    row.laneButtons = { pause, resume };
    return [pause, resume, resync];
  });
  for (const row of view.tBodies[0].rows) {
    row.laneButtons.pause.hidden = row.item.state === 'PAUSED';
    row.laneButtons.resume.hidden = row.item.state !== 'PAUSED' && row.item.state !== 'STOPPED';
  }
}

function showCdrs(cdrs) {
  const total = Object.values(cdrs.undelivered).reduce((sum, number) => sum + number, 0);
  const parts = Object.entries(cdrs.undelivered).filter(([, number]) => number).map(([state, number]) => number + ' ' + words(state));
  setText(byId('cdrs-count'), total ? parts.join(', ') + ' \u00b7 oldest ' + ago(cdrs.oldest_seconds) : '');
  setText(byId('undelivered'), total.toLocaleString('en'));
  table('cdrs', cdrs.newest, cdr => cdr.cpo + ' ' + cdr.id + ' ' + cdr.state, cdr => [
    { text: cdr.id, title: 'of ' + cdr.cpo + ', session ' + (cdr.session_id || 'unknown') }, cdr.emsp,
    { text: words(cdr.state), look: CDR_LOOK[cdr.state] || '' },
    cdr.total_cost ? cdr.total_cost.excl_vat + ' ' + cdr.currency : '–', cdr.energy_kwh === null ? '–' : cdr.energy_kwh + ' kWh',
    { text: since(cdr.since), title: local(cdr.since) }, { text: cdr.reason || '', quiet: true },
  ], row => NEEDS_PERSON.includes(row.item.state) ? [
    button('It is there', 'The eMSP has this CDR: do not send it', () => decide(row.item, 'DELIVERED', 'It is there')),
    button(row.item.state === 'HELD' ? 'Send' : 'Send again', 'Send this CDR', () => decide(row.item, 'READY', row.item.state === 'HELD' ? 'Send' : 'Send again')),
  ] : []);
}

function showHeld(held) {
  setText(byId('held-count'), held.total > held.newest.length ? `the newest ${held.newest.length} of ${held.total.toLocaleString('en')}` : held.total || '');
  table('held', held.newest, item => item.lane + ' ' + item.object, item => [
    { text: item.object, strong: true, title: item.module }, item.partner, { text: since(item.since), title: local(item.since) }, item.attempts,
    { text: until(item.next_attempt_at), title: local(item.next_attempt_at) }, { text: item.reason, quiet: true },
  ], row => [button('Retry', 'Try it again now', pressed => post('lanes/' + row.item.lane + '/held/retry',
    // A masked token has no key to name it by, so all of its lane is tried.
    row.item.module === 'tokens' ? {} : { object: row.item.object }, result => count(result.retried, 'object is', 'objects are') + ' tried again within seconds.', pressed))]);
}

function showAlerts(alerts) {
  const open = alerts.live.OPEN;
  const others = [['ACKNOWLEDGED', 'acknowledged'], ['SILENCED', 'silenced']].filter(([state]) => alerts.live[state]).map(([state, word]) => alerts.live[state] + ' ' + word);
  setText(byId('alerts-count'), [open ? open + ' open' : '', ...others].filter(Boolean).join(', '));
  table('alerts', alerts.newest, alert => alert.id, alert => [
    { text: words(alert.type) + (alert.partner ? ': ' + alert.partner : ''), strong: true, title: alert.runbook }, alert.object,
    { text: since(alert.first_at), title: local(alert.first_at) }, { text: alert.reason, quiet: true }, alert.next_step,
  ], row => [
    button('Acknowledge', 'Say that you have seen it', pressed => post('alerts/' + row.item.id + '/acknowledge', {}, () => 'Alert acknowledged.', pressed)),
    button('Silence 1 h', 'Do not show it for an hour', pressed => post('alerts/' + row.item.id + '/silence', { minutes: 60 }, () => 'Alert silenced for an hour.', pressed)),
  ]);
}

function showUnresolved(unresolved) {
  setText(byId('unresolved-count'), unresolved.total > unresolved.newest.length ? `the newest ${unresolved.newest.length} of ${unresolved.total.toLocaleString('en')}` : unresolved.total || '');
  const groups = new Map();
  for (const item of unresolved.newest) {
    const key = [item.kind, item.ref, item.source].join(' ');
    const group = groups.get(key) || { ...item, key, stations: [] };
    group.stations.push(item.station);
    if (item.since < group.since) group.since = item.since;
    groups.set(key, group);
  }
  table('unresolved', [...groups.values()], group => group.key, group => [
    { text: words(group.kind) + ' ' + group.ref, strong: true }, group.stations.sort().join(', '), group.source,
    { text: since(group.since), title: local(group.since) }, MISSING_ADVICE[group.kind] || '']);
}

function showSessions(sessions) {
  setText(byId('in-progress'), sessions.in_progress.toLocaleString('en'));
  setText(byId('sessions-count'), sessions.in_progress > sessions.newest.length ? `the newest ${sessions.newest.length} of ${sessions.in_progress.toLocaleString('en')}` : sessions.in_progress || '');
  table('sessions', sessions.newest, item => item.cpo + ' ' + item.id, item => [
    { text: item.station + ', EVSE ' + item.evse_id, strong: true, title: 'session ' + item.id }, item.cpo, item.emsp || '–', item.id_token || '–',
    { text: words(item.state), look: item.state === 'ACTIVE' ? 'good' : 'warn' }, { text: since(item.start), title: local(item.start) },
    item.energy_wh === null ? '–' : (item.energy_wh / 1000).toFixed(2) + ' kWh', { text: [item.cdr_reason, ...item.flags].filter(Boolean).join(', '), quiet: true }]);
}

// ---- rates

const trail = { events: [], deliveries: [] };

function rate(name, value) {
  const points = trail[name];
  points.push(value);
  if (points.length > POINTS) points.shift();
  setText(byId(name), value);
  const svg = byId(name + '-line');
  const most = Math.max(1, ...points);
  let line = svg.firstElementChild;
  if (!line) {
    line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    svg.setAttribute('viewBox', '0 0 ' + (POINTS - 1) + ' 18');
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.append(line);
  }
  line.setAttribute('points', points.map((point, index) => (POINTS - points.length + index) + ',' + (17 - 16 * point / most).toFixed(1)).join(' '));
}

// ---- the stream

let lastSeen = 0;
let lostSince = null;
let source;

function showSnapshot(snapshot) {
  lastSeen = Date.now();
  lostSince = null;
  now = Date.parse(snapshot.at);
  document.body.classList.remove('stale');
  const issues = allIssues(snapshot);
  const worst = issues.length ? issues[0].rank : 0;
  overall(issues.length ? count(issues.length, 'thing needs', 'things need') + ' attention' : 'All well', worst >= 4 ? 'bad' : worst ? 'warn' : 'good');
  showIssues(issues);
  sync(byId('partners'), snapshot.partners, partner => partner.partner, makePartner, updatePartner);
  byId('partners-empty').hidden = snapshot.partners.length > 0;
  showAlerts(snapshot.alerts);
  showCdrs(snapshot.cdrs);
  showHeld(snapshot.held);
  showUnresolved(snapshot.unresolved);
  showSessions(snapshot.sessions);
  rate('events', snapshot.rates.events_per_second);
  rate('deliveries', snapshot.rates.deliveries_per_second);
  setText(byId('at'), 'as of ' + new Date(snapshot.at).toLocaleTimeString());
}

function lost(why) {
  if (lostSince === null) lostSince = new Date();
  document.body.classList.add('stale');
  overall(why + ' since ' + lostSince.toLocaleTimeString() + ', trying again. What you see below is old.', 'bad');
}

function connect() {
  source = new EventSource(api('stream'));
  source.addEventListener('snapshot', event => showSnapshot(JSON.parse(event.data)));
  source.addEventListener('trouble', () => { lastSeen = Date.now(); lost('The hub cannot read its database'); });
  source.onerror = () => {
    lost('No connection to the hub');
    // Browsers give up for good when the answer was an error, such as 503 from a proxy.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
}

setInterval(() => { if (lastSeen && Date.now() - lastSeen > STALE_AFTER_MS) lost('No news from the hub'); }, 1000);

byId('decide-no').addEventListener('click', () => byId('decide').close());
byId('decide-reason').addEventListener('keydown', event => { if (event.key === 'Enter') byId('decide-yes').click(); });

fetch(api('me')).then(response => response.json()).then(me => {
  setText(byId('user'), me.name + ' (' + me.role + ')');
  document.body.classList.toggle('viewer', me.role !== 'ops' && me.role !== 'admin');
}).catch(() => { /* the stream says it too */ });
connect();
