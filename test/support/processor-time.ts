/** Milliseconds of processor time that this process has used: limits on work hold on a busy machine, too. Waiting without work ends by the test's own limit. */
export function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
