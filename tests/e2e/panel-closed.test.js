// The panel is closed while Zendesk is still answering: what comes then leads to no further read.
import assert from 'node:assert/strict';
import { until } from '../harness/wait.js';
import { addUser } from '../standins/world-build.js';
import { atOneDesk } from './steps/desk.js';
import { addAsking, only } from './steps/people.js';

const PAGE = 100;

atOneDesk('panel closed', {}, (add) => {
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
      desk.zendesk.faults.add({ match: only(1, 'GET', path), delayMs: 3000 });
      await desk.openTicket(1081);
      const panel = await desk.openPanel();
      await panel.showsTicket(1081);
      await until('the first page of the contacts is asked for', () => pages().length > 0);
      await panel.page.close();
      await until('the first page is answered', () => pages()[0]?.status === 200);
      // A panel that is opened now begins again with the first page.
      const again = await desk.openPanel();
      await again.showsTicket(1081);
      await until('both pages are read', () => pages().filter((one) => one.page === 2).length > 0);
      assert.deepEqual(
        pages().map((one) => one.page),
        [1, 1, 2],
      );
    },
  );
});
