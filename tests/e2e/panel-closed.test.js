// The panel is closed while Zendesk is still answering: what comes then leads to no further read.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../harness/wait.js';
import { addUser } from '../standins/world-build.js';
import { atOneDesk } from './steps/desk.js';
import { addAsking, only } from './steps/people.js';

/** As many users as one page of Zendesk's holds. */
const PAGE = 100;
/** Within this time a background that goes on reading has long asked for the next page, in ms. */
const NEXT_READ = 1500;

atOneDesk('the panel is closed', {}, (add) => {
  add(
    'the second page of the contacts is not asked for until a panel is open again',
    async (desk) => {
      const { organization } = addAsking(
        desk,
        1081,
        (at) => `Hello,\n\nplease add new.one@${at} as a contact.\n\nMary`,
      );
      for (let n = 0; n < PAGE + 5; n += 1)
        addUser(desk.sites.world, {
          id: organization * 1000 + n,
          name: `Member ${n}`,
          email: `member${n}@crowd${organization}.example.com`,
          organization,
        });
      const path = `/api/v2/organizations/${organization}/users`;
      const pages = () =>
        desk.requests
          .ofTether()
          .filter((one) => one.path.startsWith(path))
          .map((one) => ({ page: one.path.includes('after') ? 2 : 1, status: one.status }));
      let answer = () => undefined;
      /** @type {Promise<void>} */
      const answering = new Promise((resolve) => {
        answer = () => void resolve();
      });
      desk.zendesk.faults.add({ match: only(1, 'GET', path), hold: () => answering });

      await desk.openTicket(1081);
      await desk.openPanel();
      await until('the first page of the contacts is asked for', () => pages().length > 0);
      await desk.browser.closePanel();
      // The browser tells the background that the panel is gone; nothing else shows that it has.
      await wait(NEXT_READ);
      answer();
      await until('the first page is answered', () => pages()[0]?.status === 200);
      await wait(NEXT_READ);
      assert.deepEqual(pages(), [{ page: 1, status: 200 }], 'nothing more is asked for');

      const again = await desk.openPanel();
      await again.showsTicket(1081);
      await until('the second page is read', () =>
        pages().some(({ page, status }) => page === 2 && status === 200),
      );
    },
  );
});
