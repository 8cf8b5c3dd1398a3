// Stands in for a worker of worlds: does as the seed of its task says, and goes wrong.
interface Told {
  readonly plan: { readonly seed: number }
}
process.on('message', ({ plan }: Told) => {
  if (plan.seed === 0) process.send?.({ type: 'ran', outcome: { seed: 0, findings: [] } })
  if (plan.seed === 1) {
    process.stderr.write('out of memory, say')
    process.exit(3)
  }
  if (plan.seed === 2) for (;;);
})
process.on('disconnect', () => process.exit(0))
