const cpuMs = 100

/** How many times longer work takes than it would alone: 1 on an idle machine, 2 where another one has half of the processor. */
export function howShared(): number {
  const used = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1000
  }
  const [wall, cpu] = [performance.now(), used()]
  while (used() - cpu < cpuMs);
  return Math.max(1, (performance.now() - wall) / (used() - cpu))
}
