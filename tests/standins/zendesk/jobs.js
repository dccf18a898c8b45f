// Background jobs: queued, then working, then completed, whether or not anybody asks.

/**
 * @typedef {{id?: number, index?: number, email?: string, action?: string, status?: string, success?: boolean, error?: string, details?: string}} JobResult
 * @typedef {{id: string, total: number, progress: number, status: 'queued'|'working'|'completed'|'failed', message: string|null, results: JobResult[]|null}} Job
 */

/** How many jobs may be under way at once. */
const MOST_JOBS = 30;

/** @param {{jobMs: number}} settings  read whenever a job is begun */
export function createJobs(settings) {
  /** @type {Map<string, Job>} */
  const jobs = new Map();
  /** @type {Set<NodeJS.Timeout>} */
  const timers = new Set();
  let count = 0;

  /** @param {() => void} work  @param {number} ms */
  const later = (work, ms) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    timers.add(timer);
  };

  return {
    /** @returns {boolean} */
    isFull: () =>
      [...jobs.values()].filter((job) => job.status === 'queued' || job.status === 'working')
        .length >= MOST_JOBS,
    /**
     * @param {number} total  how many records
     * @param {() => JobResult[]} work  done when the job ends
     * @returns {Job}
     */
    begin(total, work) {
      count += 1;
      const id = `8b72${String(count).padStart(28, '0')}`;
      /** @type {Job} */
      const job = { id, total, progress: 0, status: 'queued', message: null, results: null };
      jobs.set(id, job);
      later(() => {
        job.status = 'working';
      }, settings.jobMs / 2);
      later(() => {
        job.results = work();
        job.status = 'completed';
        job.progress = total;
        job.message = 'Completed';
      }, settings.jobMs);
      return job;
    },
    /** @param {string} id */
    get: (id) => jobs.get(id),
    close() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
