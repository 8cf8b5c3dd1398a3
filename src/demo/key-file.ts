/** The founder's key as a file, with what it is for: whoever finds it in five years must know. */
export const keyFile = (founder: string, roomId: string): File =>
  new File(
    [
      [
        'Founder’s key of a field book',
        '',
        founder,
        '',
        `Field book: ${roomId}`,
        '',
        'Whoever has this key can make anybody an admin of the field book.',
        'Without it, and without any admin device, nobody can admit devices any more.',
        'Keep it away from the devices, and show it to nobody.',
        '',
      ].join('\n'),
    ],
    `founders-key-${roomId.slice(0, 6).replace(/[^\w-]/g, '')}.txt`,
    { type: 'text/plain' },
  )
