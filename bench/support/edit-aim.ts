import type { Aim } from './results.types.ts'

/**
 * What all bytes of one edit may come to, both ways, its acknowledgment included, before signatures. The baseline is
 * the bare JSON of the edit, which nobody acknowledges; 84 bytes is what Yjs took when the aim was set.
 */
export const EDIT_AIM: readonly Aim[] = [
  { of: 'ratio', atMost: 2 },
  { of: 'median', atMost: 84 },
]
