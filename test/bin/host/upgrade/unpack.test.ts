import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { executableIn } from '../../../../bin/host/upgrade/unpack.ts';

describe('the archive of a release', () => {
  /** POSIX ustar: name, size in octal, content in blocks of 512 bytes. */
  const entry = (name: string, content: Buffer, type = '0'): Buffer => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write(type, 156);
    return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
  };
  const program = randomBytes(700);
  const archive = gzipSync(
    Buffer.concat([
      entry('c-1/', Buffer.alloc(0)),
      entry('c-1/LICENSES', Buffer.from('x')),
      entry('c-1/c', program),
      Buffer.alloc(1024),
    ]),
  );

  it('gives its executable', () => {
    expect(executableIn(archive, 'c').equals(program)).to.equal(true);
    expect(() => executableIn(archive, 'c.exe')).to.throw(/holds no c\.exe: take the one for this system/);
  });

  it('gives what stands behind the headers and folders of its name', () => {
    const before = [entry('PaxHeaders/c', Buffer.from('30 mtime=1\n'), 'x'), entry('c', Buffer.alloc(0), '5')];
    const behind = gzipSync(Buffer.concat([...before, entry('c/c', program), Buffer.alloc(1024)]));
    expect(executableIn(behind, 'c').equals(program)).to.equal(true);
  });

  it('is refused when its executable is a link, a device or a file with holes', () => {
    for (const type of ['1', '2', '3', '4', '6', '7', 'S']) {
      const other = gzipSync(Buffer.concat([entry('c-1/c', Buffer.alloc(0), type), Buffer.alloc(1024)]));
      expect(() => executableIn(other, 'c'), type).to.throw(/c-1\/c in the archive is no regular file/);
    }
  });

  it('is refused when its executable is empty, cut off, or of a size that cannot be read', () => {
    const strange = entry('c', program);
    strange.write('garbage', 124);
    for (const tar of [entry('c', Buffer.alloc(0)), entry('c', program).subarray(0, 512 + 600), strange])
      expect(() => executableIn(gzipSync(tar), 'c')).to.throw(/empty or shorter than it announces/);
    expect(() => executableIn(archive.subarray(0, archive.length - 40), 'c')).to.throw(/the archive is damaged/);
  });

  it('may be the executable itself', () => {
    expect(executableIn(program, 'c').equals(program)).to.equal(true);
  });
});
