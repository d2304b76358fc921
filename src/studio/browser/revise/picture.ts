import type { Look } from '../../../domain/look.ts';
import type { Revision } from '../../../domain/revision.ts';
import type { VideoView } from '../../server/video-view.ts';
import { clockTime } from '../state/clock.ts';
import type { PreviewWish } from '../state/previews.ts';
import type { DeskSession, Frame } from '../state/session.ts';
import { words } from './words.ts';

/** The thumbnail that a person wants instead of the present one. */
export type PictureWish = NonNullable<Revision['thumbnail']>;

/** Opens the desk where frames are chosen; settles once the person has left it, with what they have chosen. */
export type PickPicture = (wish: PictureWish | undefined) => Promise<PictureWish | undefined>;

export function pictureWish(frame: Frame, look: Look): PictureWish {
  const wished = Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
  return {
    ...(frame.kind === 'candidate' ? { frame: frame.candidate.frame } : { atSeconds: frame.time }),
    ...(Object.keys(wished).length > 0 && { look: wished }),
  };
}

/** The frame of a wish, or of the present thumbnail; undefined if that can no longer be shown. */
export function frameOf(view: VideoView | undefined, wish: PictureWish = {}): Frame | undefined {
  const { thumbnail, candidates = [], recording } = view ?? {};
  const isOther = wish.frame !== undefined || wish.atSeconds !== undefined;
  const { frame, atSeconds } = isOther ? wish : (thumbnail ?? {});
  const candidate = candidates.find((each) => each.frame === frame);
  if (candidate) return { kind: 'candidate', time: candidate.time, candidate };
  return atSeconds !== undefined && recording?.isHere ? { kind: 'moment', time: atSeconds } : undefined;
}

/** The preview of a wish; undefined if there is none, or its frame is unknown here. */
export function previewOf({ id, view }: DeskSession, wish: PictureWish | undefined): PreviewWish | undefined {
  const frame = wish && frameOf(view.value, wish);
  return frame && { id, frame, look: wish.look ?? {}, corrections: {}, isPublished: true };
}

/** Such as "frame 2 in sidebar, cropped", or "the moment 1:02.40". */
export function describeWish(view: VideoView | undefined, wish: PictureWish): string {
  const { template, theme, crop } = wish.look ?? {};
  const frame = frameOf(view, wish);
  const from = !frame
    ? words.sameFrame
    : frame.kind === 'candidate'
      ? words.frame(frame.candidate.rank)
      : words.moment(clockTime(frame.time));
  return [from, template && words.inTemplate(template), theme && words.withTheme(theme), crop && words.cropped]
    .filter(Boolean)
    .join(', ');
}
