/** Colors that tell devices apart. */
export const HUES = 6
