/**
 * The tag of a state that may last for ever because only the world or a person can change it, such as `offline`
 * without a server's address. Every other state must have a way out of its own (a test holds it).
 */
export type RestingTag = 'resting'
