import { play } from './play.ts'
import type { StoryName } from './stories.ts'

/**
 * Plays the worlds named in the arguments, as `story:seed`, until something is found, and prints it as JSON:
 * `{ world, rules, says }`, or an empty object.
 */
const firstFound = async () => {
  for (const world of process.argv.slice(2)) {
    const [story, seed] = world.split(':')
    const findings = await play(story as StoryName, Number(seed))
    const rules = [...new Set(findings.map(({ rule }) => rule))]
    if (rules.length > 0) return { world, rules, says: findings.map(({ rule, says }) => `${rule} ${says}`) }
  }
  return { rules: [], says: [] }
}

process.stdout.write(JSON.stringify(await firstFound()), () => process.exit(0))
