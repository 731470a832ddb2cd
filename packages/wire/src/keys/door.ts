import { z } from 'zod';

/** What a key lets its holder do: build, look, or look and give orders. */
export const roles = ['slave', 'observer', 'operator'] as const;
export type Role = (typeof roles)[number];
export const role = z.enum(roles);

/** The master's sockets, and whose keys open each. */
export const doors = {
  slave: ['slave'],
  file: ['slave'],
  status: ['observer', 'operator'],
  control: ['observer', 'operator'],
} as const satisfies Record<string, readonly Role[]>;
export type Door = keyof typeof doors;

/** Whether a role's keys open a door. */
export const opens = (its: Role, door: Door): boolean => (doors[door] as readonly Role[]).includes(its);
