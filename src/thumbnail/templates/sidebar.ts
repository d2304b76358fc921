import { designHeight, largestCapHeight, space, typeSize } from '../scale.ts';
import { type FittedNames, fitNames } from '../text/fit-names.ts';
import { oneLine, sidebarHeader } from './sidebar-header.ts';
import { edgeAt, freeAbove, panel, panelReach, photoLeft, textLeft } from './sidebar-panel.ts';
import type { Content, Template } from './template.ts';
import { chipHeight, versusSign } from './versus-sign.ts';

/** A leaning panel at the left with club, tournament and teams; the photo in the rest. */
export const sidebar: Template = {
  name: 'sidebar',
  draw(content, theme, width) {
    const caption = oneLine(content.caption, typeSize.caption, designHeight - space.margin, theme.muted);
    const bottom = caption.baseline - caption.size - space.large;
    const generous = sidebarHeader(content, theme, 'generous');
    const roomy = fitSidebarNames(content, generous.bottom, bottom);
    const header = roomy.comfortable ? generous : sidebarHeader(content, theme, 'compact');
    const names = roomy.comfortable ? roomy : fitSidebarNames(content, header.bottom, bottom);
    const sign = versusSign(textLeft, names.signTop, textLeft + freeAbove(names.signTop + chipHeight), theme);
    const hidden = (edgeAt(designHeight / 2) + space.large - photoLeft) / (width - photoLeft);
    return {
      photo: { x: photoLeft, y: 0, width: width - photoLeft, height: designHeight },
      covered: { left: hidden, top: 0, right: 0, bottom: 0 },
      layer: { x: 0, y: 0, width: panelReach, height: designHeight },
      shapes: panel(theme) + header.shapes + sign.shapes,
      texts: [
        ...header.texts,
        ...names.lines.map((line) => ({ ...line, x: textLeft, colour: theme.text })),
        sign.text,
        caption,
      ],
    };
  },
};

function fitSidebarNames({ teams }: Content, headerBottom: number, bottom: number): FittedNames {
  const isSingles = teams.every((team) => team.length === 1);
  return fitNames(teams, {
    top: headerBottom + space.margin,
    bottom,
    widthAbove: freeAbove,
    largestCapHeight: isSingles ? largestCapHeight.singles : largestCapHeight.doubles,
    signHeight: chipHeight,
  });
}
