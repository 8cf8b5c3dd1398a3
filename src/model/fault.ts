/**
 * Every fault that fieldmesh can name, with the words for a person: what happened, and what to do now.
 * The table is the only place with such words; states, errors and `explain()` carry codes.
 */
const FAULTS = {
  // entries and the log
  'entry-malformed': [
    'An entry does not have the shape of an entry.',
    'Check id, resourceType, action and data against the Entry type.',
  ],
  'entry-too-large': ['An entry is larger than 1 MiB.', 'Write fewer or smaller fields at a time.'],
  'entry-too-deep': ['An entry nests more than 32 levels deep.', 'Flatten the data.'],
  'entry-bad-clock': [
    'An entry carries a vector clock that its author cannot have written.',
    'Update this app on the device that wrote it.',
  ],
  'entry-unproven': [
    'A device sent entries that their author did not sign.',
    'They were refused, and nothing here has changed. If it stays, remove that device from the room.',
  ],
  'log-unsigned': [
    'The records on this device were written by an earlier version, which did not sign them, so no device would take them.',
    'Nothing was deleted. Open them with that version to read them; this one starts a log of its own under another storage name, or in a new room.',
  ],
  'author-forked': [
    'Two different entries claim the same place in one device’s log, as after restoring a backup.',
    'Start that device afresh: it gets a new identity. Both versions are kept.',
  ],
  'waiting-full': [
    'Too many entries wait for others that have not arrived.',
    'They are asked for again; keep the devices connected.',
  ],
  'authors-full': [
    'More devices wrote in this room than it can name.',
    'Move to a new room; the entries of known devices keep syncing.',
  ],
  'clock-suspect': [
    'A device’s clock is more than 5 minutes ahead of this one.',
    'Set the date and time on whichever of the two is wrong.',
  ],
  'vector-clock-malformed': [
    'This is not a vector clock.',
    'Give an object that maps device ids to whole numbers from 0 up.',
  ],
  // wire
  'wire-malformed': [
    'A device sent bytes that are not a fieldmesh message.',
    'Update this app on both devices; if it stays, meet in a new room without that device.',
  ],
  'wire-version': ['The other device speaks a newer or older protocol.', 'Update this app on both devices.'],
  'wire-too-large': [
    'A device sent a message beyond the size limit.',
    'Update this app on that device; if it stays, meet in a new room without it.',
  ],
  'wire-limit': [
    'A device opened more messages or sent more bytes than allowed.',
    'Update this app on that device; if it stays, meet in a new room without it.',
  ],
  'depot-full': [
    'More arrived at once, from all devices together, than this one can keep in mind.',
    'It is asked for again in a moment; nothing to do.',
  ],
  'message-stalled': ['A message stopped arriving half way.', 'It is asked for again whole; nothing to do.'],
  // links
  'link-timeout': [
    'The devices found each other, but no direct connection came up.',
    'Put both on the same Wi-Fi or make a hotspot; a guest Wi-Fi may isolate its devices.',
  ],
  'link-unanswered': [
    'The device does not answer: this app sleeps on it, or one of the two has no network.',
    'Wake its screen, bring this app to the front on it, and check the network of both.',
  ],
  'link-failed': [
    'The direct connection broke.',
    'It is made anew as soon as the device is in reach; move the devices closer or check the Wi-Fi.',
  ],
  'link-silent': ['The other device stopped answering.', 'Wake its screen and bring this app to the front on it.'],
  'link-closed': ['The other device closed the connection.', 'Open this app on it again.'],
  'greeting-timeout': [
    'The connection came up, but the other device did not introduce itself.',
    'Reload this app on the other device.',
  ],
  'peer-mismatch': ['Another device answered than the one that was called.', 'Reload this app on both devices.'],
  'handshake-broken': [
    'A device did not keep to the handshake, or somebody tampers with the connection.',
    'Update this app on both devices; if it stays, use another network.',
  ],
  'handshake-foreign': [
    'The device does not have this room’s key, or somebody sits between the two devices.',
    'Compare the room on both; if it is the same, use another network and tell who runs this one.',
  ],
  'handshake-forged': [
    'The device could not prove that it is the one it says it is.',
    'Reload this app on it; if it stays, remove that device from the room.',
  ],
  'handshake-timeout': [
    'The connection came up, but the other device did not prove who it is in time.',
    'Reload this app on the other device.',
  ],
  'fingerprint-changed': [
    'In the middle of a connection the other side named another key for it than at the beginning.',
    'The connection was closed and is made anew. If it happens again, use another network and tell who runs this one.',
  ],
  'fingerprint-mismatch': [
    'The connection leads somewhere else than the two devices agreed.',
    'It was closed before anything was sent. Use another network and tell who runs this one.',
  ],
  'peer-banned': [
    'The device broke the rules of the protocol again and again, so nothing is sent to it or taken from it for ten minutes.',
    'Update this app on it. “Try again” ends the wait; if it stays, meet in a new room without that device.',
  ],
  'member-unknown': [
    'The device was not admitted to this room.',
    'Ask an admin of the room to add it: under “Devices”, where its digits can be compared.',
  ],
  'member-expired': [
    'The device’s admission to this room is over.',
    'Ask an admin of the room to renew it, and check the date and time on both devices.',
  ],
  'member-removed': [
    'The device was removed from this room.',
    'What it holds stays on it. It can come back only as a new device: delete this app’s data on it, and have it admitted anew.',
  ],
  'member-not-admin': [
    'Only an admin of the room can admit and remove devices.',
    'Ask an admin of the room, or write with the founder’s key.',
  ],
  'lock-changed': [
    'The device was invited before the room’s secret was changed.',
    'Show it a new invitation: the old one opens nothing any more.',
  ],
  'member-reader': [
    'This device may read in this room, and write nothing.',
    'Ask an admin of the room to let it write.',
  ],
  'peer-absent': [
    'The device is not in reach of the signaling server.',
    'Open this app on it, or wait: what it lacks stays in the outbox.',
  ],
  'attempts-exhausted': [
    'The connection was tried many times without success.',
    'Check that this app is open on the other device and that both are on the same network, then press “Try again”.',
  ],
  'webrtc-missing': ['This browser has no WebRTC.', 'Use a current Chrome, Edge, Firefox or Safari.'],
  // signaling
  'signaling-off': [
    'No signaling server is set.',
    'Give the address of one in the settings; devices already linked keep syncing.',
  ],
  'signaling-switched': ['The signaling server was changed.', 'The new one is being called; nothing to do.'],
  'signaling-unreachable': [
    'The signaling server does not answer.',
    'Check the address and the network; devices already linked keep syncing.',
  ],
  'signaling-refused': ['The signaling server refused this device.', 'Check the room and the server’s settings.'],
  'signaling-unproven': [
    'The signaling server does not accept this room’s key, or this device’s.',
    'Open the room again from its invite; if it stays, update this app and the server.',
  ],
  'signaling-pass': [
    'The signaling server wants a pass of its operator, and this device has none that is valid now.',
    'Ask whoever runs the server for a new one, and check this device’s date and time.',
  ],
  'signaling-malformed': [
    'The signaling server sent something that is not the protocol.',
    'Check that the address is a fieldmesh server of the same version.',
  ],
  'signal-forged': [
    'A message that sets up a connection was not made by a device of this room for this one, or was changed on its way.',
    'It was refused; nothing to do. If it stays, use a signaling server that you trust.',
  ],
  'signal-replayed': [
    'A message that sets up a connection arrived again, or long after it was sent.',
    'It was refused; nothing to do. If it stays, use a signaling server that you trust.',
  ],
  'signaling-replaced': ['The same device joined from another place.', 'Close this app in the other window.'],
  'signaling-full': ['The room is full.', 'Wait until a device leaves, or raise the server’s limit.'],
  'signaling-exhausted': [
    'The signaling server was tried many times without success.',
    'Check its address and press “Try again”.',
  ],
  'signaling-url': [
    'The signaling address is not a ws:// or wss:// URL.',
    'Give an address such as wss://signal.example.org.',
  ],
  'port-taken': ['Another program already listens on this port.', 'Stop it, or choose another port.'],
  'listen-failed': [
    'The server could not listen on this address.',
    'Check host and port, and whether this user may use them.',
  ],
  // storage and engine
  'storage-full': [
    'This device’s storage is full: the last write was not kept.',
    'Free some space, then save again. Nothing stored before is lost.',
  ],
  'storage-failed': [
    'This device’s storage refused to read or write.',
    'Reload; if it stays, restart the browser. Nothing stored before is lost.',
  ],
  'storage-missing': [
    'There is no durable storage here.',
    'In a browser, leave private browsing or allow site data; elsewhere, give the engine a journal (ports.openJournal).',
  ],
  'storage-corrupt': [
    'Part of this device’s log cannot be read.',
    'Reload to go on under a new identity; what other devices hold comes back from them.',
  ],
  'storage-gone': [
    'This app’s data was deleted while it was open.',
    'Reload: it starts afresh, and what other devices hold comes back from them.',
  ],
  'locks-missing': [
    'This page is not secure (plain http), or the browser is too old, so two tabs could spoil one log.',
    'Open the app over https or on localhost, in a current browser. Outside a browser, give the engine ports of its own.',
  ],
  'crypto-missing': [
    'This page is not secure (plain http), or the browser is too old, so nothing can be signed or sealed.',
    'Open the app over https or on localhost, in a current browser.',
  ],
  'key-not-kept': [
    'This browser keeps no keys: after a reload this device will count as another one.',
    'Leave private browsing, allow site data, or use a current browser. What is written here is kept and sent all the same.',
  ],
  'pin-missing': [
    'The key of this device is locked by a PIN, and none was given.',
    'Enter the PIN that was chosen on this device.',
  ],
  'pin-wrong': [
    'This PIN does not open the key of this device.',
    'Try again. If it is forgotten, delete this app’s data: the device starts afresh, and what other devices hold comes back from them.',
  ],
  'key-exposed': [
    'Others on this computer can read or replace the key file of this device.',
    'Let its owner alone use the file (chmod 600) and its folder (chmod 700). If others may have read it, delete it: the device gets a new identity.',
  ],
  'another-tab': [
    'Another tab of this app is the active one.',
    'Use that tab, or close it: this one then takes over by itself.',
  ],
  'not-running': ['The records are not open.', 'Wait until sync has started; a program calls start() and awaits it.'],
  'engine-stopped': ['The engine was stopped.', 'Call start() again.'],
  'room-invalid': ['This is not a room.', 'Use createRoom(), or openRoom() with its secret.'],
  'options-invalid': ['An option is not valid.', 'Correct it and try again.'],
  'hlc-exhausted': ['The hybrid clock has run past its range.', 'Set the date and time on this device.'],
  // recordings
  'recording-unknown': ['This is not a fieldmesh recording.', 'Choose a file that ends in .fieldmesh-recording.json.'],
  'recording-newer': ['This recording was made by a newer fieldmesh.', 'Open it with that version, or a later one.'],
  'recording-damaged': [
    'This recording is not whole, or was changed.',
    'Take it from the device again; nothing of it is shown, as it might mislead.',
  ],
  'recording-too-large': [
    'This recording is larger than any that a device makes.',
    'Take it from the device again, with a smaller maxBytes.',
  ],
  internal: ['Something went wrong inside fieldmesh.', 'It was restarted; please report it with the log.'],
} as const satisfies Record<string, readonly [what: string, next: string]>

/** The code of a fault; stable, to be switched on. */
export type FaultCode = keyof typeof FAULTS

/** Every code there is, in the order of the table. */
export const FAULT_CODES = Object.keys(FAULTS) as readonly FaultCode[]

/** The words of a fault: what happened, and what to do now. */
export const faultWords = (code: FaultCode): { what: string; next: string } => {
  const [what, next] = FAULTS[code]
  return { what, next }
}

/** True for a string that is a fault code of this version. */
export const isFaultCode = (code: unknown): code is FaultCode => typeof code === 'string' && Object.hasOwn(FAULTS, code)

/**
 * The only class of error that fieldmesh throws to its callers.
 *
 * @example
 * try { await engine.put('reading', 'm-17', { kwh: 812 }) }
 * catch (e) { if (e instanceof FieldmeshError && e.code === 'storage-full') askToFreeSpace(e.hint) }
 */
export class FieldmeshError extends Error {
  readonly code: FaultCode
  /** What the user can do now. */
  readonly hint: string
  constructor(code: FaultCode, detail?: string, options?: { cause?: unknown }) {
    const { what, next } = faultWords(code)
    super(detail ? `${what} ${detail}` : what, options)
    this.name = 'FieldmeshError'
    this.code = code
    this.hint = next
  }
}

/** Any thrown thing as a FieldmeshError: itself, or wrapped with the given code. */
export const toFieldmeshError = (error: unknown, code: FaultCode = 'internal'): FieldmeshError =>
  error instanceof FieldmeshError
    ? error
    : new FieldmeshError(code, error instanceof Error ? error.message : String(error), { cause: error })
