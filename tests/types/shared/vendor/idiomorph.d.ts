/** The build puts idiomorph's module at shared/vendor/idiomorph.js; for the type checker it stands here. */
export * from 'idiomorph';
