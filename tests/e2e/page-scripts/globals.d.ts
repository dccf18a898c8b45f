// What the pages of these tests put into their global scope for the tests to use.
import type { InlineEditor } from 'ckeditor5';

declare global {
  var page: {
    editors: Record<number, InlineEditor>;
    setChannel: Record<number, (channel: 'public' | 'internal') => void>;
    show(ticket: number, path?: string): void;
    compose(ticket: number): Promise<void>;
    panes: Map<number, HTMLElement>;
  };
  var control: {
    deaf: number;
    heard: { kind: string; [key: string]: any }[];
    show(part: string): Promise<void>;
    otherWindow(): Promise<number>;
    closeWindow(id: number): Promise<void>;
    order(job: object, part?: string): Promise<any>;
    outcome(effect: number): Promise<any>;
    pages(count: number): Promise<string[]>;
    settle(): Promise<void>;
  };
}
