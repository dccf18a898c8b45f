/** The build puts idiomorph's module at panel/vendor/idiomorph.js; for the type checker it stands here. */
export * from 'idiomorph';
